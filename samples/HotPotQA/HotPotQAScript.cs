using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace HotPotQA;

/// <summary>What a model might say to the questions of the sample: written by hand, so that it runs without a key. No model is behind it.</summary>
/// <remarks>It answers better only once a lesson stands in its prompt, so that strategies without lessons stay where they are.</remarks>
internal static class HotPotQAScript
{
    private static readonly Attempts[] All =
    [
        new(
            "flows past Tallow Abbey",
            [
                ["Thought: I search for the abbey.\nAction: Search[Tallow Abbey]", "Thought: It was founded in 1102.\nAction: Finish[1102]"],
                [
                    "Thought: First the abbey's river.\nAction: Search[Tallow Abbey]", "Thought: It is the Wend.\nAction: Search[Wend]",
                    "Thought: The river has its own page.\nAction: Search[Wend (river)]", "Thought: The bridge is Carder Bridge.\nAction: Search[Carder Bridge]",
                    "Thought: It was built in 1741.\nAction: Finish[1741]",
                ],
            ],
            ["I answered with the year of the abbey, though the question asks for a bridge. Next time I go from the abbey to its river, from the river to its bridge, and read the year on the bridge's page."]),
        new(
            "Ines Maron and Tobiah Quell",
            [
                [
                    "Thought: I search for both, one after the other.\nAction: Search[Ines Maron]", "Thought: Born in Pellmouth. Now the other.\nAction: Search[Tobiah Quell]",
                    "Thought: Born in Pellmouth too.\nAction: Finish[yes]",
                ],
            ],
            []),
        new(
            "The Copper Stair",
            [
                ["Thought: I search for the whole question.\nAction: Search[prize won by the author of The Copper Stair]", "Thought: It must be the Copper Prize.\nAction: Finish[Copper Prize]"],
                [
                    "Thought: First the novel alone.\nAction: Search[The Copper Stair]", "Thought: Its author is Hale Odgren.\nAction: Search[Hale Odgren]",
                    "Thought: Odgren won the Lantern Prize.\nAction: Finish[Lantern Prize]",
                ],
            ],
            ["I put the whole question into one search and then guessed from a similar title. Next time I search for the novel by its title alone, and then for its author by name."]),
        new(
            "composer Berit Asklund",
            [
                ["Thought: I search for the composer.\nAction: Search[Berit Asklund]", "Thought: No church is named, so I guess.\nAction: Finish[the brothers Amund]"],
                [
                    "Thought: I look further down the page.\nAction: Search[Berit Asklund]", "Thought: Where was the wedding?\nAction: Lookup[married]",
                    "Thought: Now the church.\nAction: Search[Church of the Two Wells]", "Thought: I look for the organ.\nAction: Lookup[organ]",
                    "Thought: The brothers Amund.\nAction: Finish[the brothers Amund]",
                ],
                [
                    "Thought: The church is known to stand further down the page.\nAction: Search[Berit Asklund]", "Thought: I look up the wedding.\nAction: Lookup[married]",
                    "Thought: Now the church.\nAction: Search[Church of the Two Wells]", "Thought: I look for who restored the organ.\nAction: Lookup[restored]",
                    "Thought: That is who restored it.\nAction: Finish[Jonas Reuel]",
                ],
            ],
            [
                "The first sentences of a page are not the whole page. Next time I look up 'married' on the composer's page before I say anything of a church.",
                "I took the builders of the organ for those who restored it. Next time I look up the question's own word, 'restored', on the church's page.",
            ]),
    ];

    /// <summary>For questions of other files, of which the script knows nothing.</summary>
    private static readonly Attempts Unknown = new("", [["Thought: The script does not know this question.\nAction: Finish[unknown]"]], ["The script knows nothing of this question."]);

    internal static IChatClient Create() => new ScriptedChatClient().Otherwise(
        request => (All.FirstOrDefault(attempts => request.Contains(attempts.Question)) ?? Unknown).Reply(request));

    /// <summary>What is said to one question: a script for each attempt, and a lesson between each and the next.</summary>
    private sealed record Attempts(string Question, string[][] Scripts, string[] Lessons)
    {
        internal string Reply(ScriptedRequest request)
        {
            int known = Lessons.Count(request.Contains);
            string[] script = Scripts[Math.Min(known, Scripts.Length - 1)];
            int step = request.Messages.Count(message => message.Role == ChatRole.Assistant);
            // An agent that cannot search says what it would have said in the end.
            bool searches = request.System.Contains("Search[", StringComparison.Ordinal);
            return IsReflection(request) ? Lessons[Math.Min(known, Lessons.Length - 1)] : (searches ? script[Math.Min(step, script.Length - 1)] : script[^1]);
        }

        private static bool IsReflection(ScriptedRequest request) => request.Last.EndsWith("Write the reflection.", StringComparison.Ordinal);
    }
}
