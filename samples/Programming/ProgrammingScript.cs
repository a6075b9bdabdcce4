using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Programming;

/// <summary>What a model might say to the first five problems of the set: written by hand, so that the sample runs without a key. No model is behind it.</summary>
/// <remarks>
/// It mends a program only once a lesson stands in its prompt. One program stays wrong: it passes the tests that were written for it,
/// and only the hidden ones see the fault.
/// </remarks>
internal static class ProgrammingScript
{
    private static readonly Work[] All =
    [
        new(
            "CountVowels",
            """
            Assert.Equal(4, Solution.CountVowels("Reflexion"));
            Assert.Equal(0, Solution.CountVowels(""));
            Assert.Equal(2, Solution.CountVowels("OUR"));
            """,
            """public static int CountVowels(string text) => text.Count(letter => "aeiou".Contains(letter));""",
            "I looked for small letters only, so capitals were not counted. Next time I turn the text to lower case first.",
            """public static int CountVowels(string text) => text.ToLowerInvariant().Count(letter => "aeiou".Contains(letter));"""),
        new(
            "ClampedSum",
            """
            Assert.Equal(15L, Solution.ClampedSum([5, -3, 20], 0, 10));
            Assert.Equal(0L, Solution.ClampedSum([], 1, 5));
            """,
            """
            public static long ClampedSum(int[] numbers, int low, int high)
            {
                int sum = 0;
                foreach (int number in numbers)
                {
                    sum += Math.Clamp(number, low, high);
                }

                return sum;
            }
            """),
        new(
            "EveryOther",
            """
            Assert.Equal(new[] { "a", "c" }, Solution.EveryOther(["a", "b", "c"]));
            Assert.Empty(Solution.EveryOther([]));
            """,
            "public static List<string> EveryOther(List<string> items) => items.Where((_, place) => place % 2 == 0).ToList();"),
        new(
            "MirrorWords",
            """
            Assert.Equal("olleh gib dlrow", Solution.MirrorWords("hello big world"));
            Assert.Equal("cba", Solution.MirrorWords("abc"));
            """,
            "public static string MirrorWords(string sentence) => new(sentence.Reverse().ToArray());",
            "I turned the whole sentence around, so the words changed places. Next time I split it into words, turn each around, and join them in their order.",
            "public static string MirrorWords(string sentence) => string.Join(' ', sentence.Split(' ').Select(word => new string(word.Reverse().ToArray())));"),
        new(
            "LeapDays",
            """
            Assert.Equal(2, Solution.LeapDays(1999, 2004));
            Assert.Equal(0, Solution.LeapDays(1900, 1900));
            Assert.Equal(1, Solution.LeapDays(2000, 2000));
            """,
            "public static int LeapDays(int first, int last) => Enumerable.Range(first, Math.Max(0, last - first + 1)).Count(year => year % 4 == 0);",
            "I forgot the rule for full centuries. Next time I count a year as the calendar does: divisible by 4, and not by 100 unless by 400.",
            "public static int LeapDays(int first, int last) => Enumerable.Range(first, Math.Max(0, last - first + 1)).Count(DateTime.IsLeapYear);"),
    ];

    /// <summary>For problems of which the script knows nothing.</summary>
    private static readonly Work Unknown = new("", "", "// The script does not know this problem.", "The script knows nothing of this problem.");

    internal static IChatClient Create() => new ScriptedChatClient().Otherwise(
        request => (All.FirstOrDefault(work => request.Messages.Any(message => message.Role == ChatRole.User && message.Text.Contains(work.Function, StringComparison.Ordinal))) ?? Unknown).Reply(request));

    /// <summary>What is said to one problem: its tests, a program and, where that is wrong and the tests show it, a lesson and a better one.</summary>
    private sealed record Work(string Function, string Tests, string Program, string Lesson = "", string Better = "")
    {
        internal string Reply(ScriptedRequest request) =>
            request.System.Contains("reflecting on its own attempts", StringComparison.Ordinal) ? $$"""{"root_cause": "{{Lesson}}", "plan": "", "lesson": "{{Lesson}}"}"""
            : request.System.Contains("unit tests before the code exists", StringComparison.Ordinal) ? Fenced(Tests)
            : Fenced(Better.Length > 0 && request.Contains(Lesson) ? Better : Program);

        private static string Fenced(string code) => $"```csharp\n{code}\n```";
    }
}
