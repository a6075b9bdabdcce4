using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>What the programming domain says to models.</summary>
internal static class ProgrammingPrompts
{
    /// <summary>Two trials and what a good reflector says of them, one in each language.</summary>
    internal static ImmutableArray<ReflectionExample> Reflections { get; } =
    [
        new(
            """
            Task: Complete `def second_largest(numbers)`: the second largest distinct number of a list, or None where there is none.
            Answer: def second_largest(numbers):
                return sorted(numbers)[-2]
            Feedback: 1 of 3 unit tests passed.
            Failed:
            assert second_largest([5, 5, 1]) == 1  # actual: 5
            assert second_largest([7]) is None  # raised IndexError: list index out of range (line 2 of the solution)
            """,
            "The program sorts the list as it is, so a number that occurs twice counts twice, and a list with fewer than two distinct numbers has no item at that place. Next time I will reduce the list to its distinct numbers first, return None where fewer than two are left, and only then take the second from the end."),
        new(
            """
            Task: Complete `public static string Compress(string text)`: runs of one letter become the letter and the length of the run, runs of one stay.
            Answer: the method loops over the letters, counts the run, and writes it when the next letter differs.
            Feedback: 2 of 4 unit tests passed.
            Failed:
            Assert.Equal("a3b2", Solution.Compress("aaabb"));  // actual: "a3"
            Assert.Equal("xy3", Solution.Compress("xyyy"));  // actual: "x"
            """,
            "A run is written only when a different letter follows, so the last run of every text is lost; tests whose last run is of length one hid that only by chance. Next time I will write the pending run once more after the loop, and check the empty text, one run, and two runs by hand before answering."),
    ];

    internal static string Actor(IProgrammingLanguage language) =>
        $"""
        You are an expert {language.DisplayName} programmer. You are given the documentation and signature of a function and write the whole function.
        Reply with one fenced block of {language.DisplayName} code that holds the complete function with the signature given, and whatever imports and helpers it needs. Write no tests, no example calls, and nothing after the block.
        Where an earlier attempt is shown with the results of its unit tests, say in one sentence what to change, then give the improved function in full.
        """;

    internal static string TestWriter(IProgrammingLanguage language, int most) =>
        $"""
        You are an expert {language.DisplayName} programmer who writes unit tests before the code exists. You are given the documentation and signature of a function.
        Write at most {most} unit tests that tell a right implementation from a wrong one: the examples of the documentation, then edge cases, then a larger case. Each test must follow from the documentation alone; leave out whatever you are not sure of.
        Reply with one fenced block of {language.DisplayName} code and nothing else: {language.TestForm}. Do not write the function.
        """;

    internal static string Instruction(IProgrammingLanguage language, ProgrammingProblem problem) =>
        $"Write this {language.DisplayName} function:\n```{language.Name}\n{problem.Prompt.Trim('\n').TrimEnd()}\n```";
}
