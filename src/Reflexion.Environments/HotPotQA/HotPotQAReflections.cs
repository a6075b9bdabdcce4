using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>Worked reflections, about people and places that do not exist. They say how to find an answer, and never what it is.</summary>
internal static class HotPotQAReflections
{
    internal static readonly ImmutableArray<ReflectionExample> ReAct =
    [
        new(
            """
            Task: In which year did the shipyard open that built the ferry Grey Wagtail?
            Thought: I search for the ferry and its shipyard.
            Action: Search[Grey Wagtail ferry shipyard opening year]
            Observation: Could not find [Grey Wagtail ferry shipyard opening year]. Similar: ['Grey Wagtail (ship)', 'Ferries of the Moll Sound']
            Thought: I search for shipyards in general.
            Action: Search[Shipyards of the Moll Sound]
            Observation: Could not find [Shipyards of the Moll Sound]. Similar: ['Ferries of the Moll Sound', 'Moll Sound']
            Thought: I cannot find it, so I guess.
            Action: Finish[1950]
            Verdict: The answer is incorrect.
            """,
            "I put the whole question into one search, although only the title of a page is found, and then I passed over the similar title 'Grey Wagtail (ship)' and guessed. Next time I search for the ferry under that title, read there which shipyard built it, search for the shipyard by its name, and look up 'opened' on its page if the first sentences do not give the year."),
        new(
            """
            Task: Which instrument did the founder of the Lorne Quartet play before the viola?
            Thought: I need the founder of the Lorne Quartet.
            Action: Search[Lorne Quartet]
            Observation: The Lorne Quartet is a string quartet founded by Petra Vasil in 1962. It is known for its recordings of new music.
            Thought: The founder is Petra Vasil.
            Action: Search[Petra Vasil]
            Observation: Petra Vasil was a violist and teacher. She came from a family of instrument makers.
            Thought: She was a violist.
            Action: Finish[viola]
            Verdict: The answer is incorrect.
            """,
            "I reached the right page but answered with the instrument the question itself names, not with the one before it. The first sentences did not hold the answer. Next time I stay on the page of Petra Vasil and use Lookup with words such as 'before', 'first' or 'as a child' until a sentence tells which instrument came earlier."),
    ];

    internal static readonly ImmutableArray<ReflectionExample> ChainOfThought =
    [
        new(
            """
            Task: Which town is the seat of the county where the Hesper Bridge stands?
            Thought: The Hesper Bridge stands in Ardle County. The largest town of Ardle County is Wick Harbour.
            Action: Finish[Wick Harbour]
            Verdict: The answer is incorrect.
            """,
            "I took the largest town of the county for its seat. The question asks for the seat. Next time I ask which town the county is administered from, and check that what I answer is what the question asks for and not something close to it."),
        new(
            """
            Task: Who wrote the novel that the film "Seven Winters" is based on?
            Thought: The film is based on the novel of the same name. It was written by the historian Aldo Ferrin, who also wrote about the sea trade.
            Action: Finish[It was written by the historian Aldo Ferrin]
            Verdict: The answer is incorrect.
            """,
            "I answered with a sentence, though only an answer that matches counts, and I did not check that the film and the novel belong together. Next time I make sure whose novel the film follows, and then give the name alone, without any other word."),
    ];
}
