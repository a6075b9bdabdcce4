using System.Text.RegularExpressions;

namespace Reflexion.Samples.HouseholdModel;

/// <summary>The short language of refinements: up to three clauses, such as <c>mug 2 in cabinet 3 ; clean with sinkbasin 1 ; search from shelf 2</c>.</summary>
public static partial class Refinements
{
    /// <summary>Tokens of the longest refinement, its end included.</summary>
    public const int MaxTokens = 24;

    private const string Separator = " ; ";

    /// <summary>Treatments, and what does them.</summary>
    public static IReadOnlyDictionary<string, string> Tools { get; } =
        new Dictionary<string, string> { ["clean"] = "sinkbasin", ["heat"] = "microwave", ["cool"] = "fridge" };

    /// <summary>Where a thing lay.</summary>
    public static string Location(string thing, string place) => $"{thing} in {place}";

    /// <summary>That a thing is to be treated.</summary>
    public static string Treatment(string verb, string tool) => $"{verb} with {tool}";

    /// <summary>Where to begin the search.</summary>
    public static string SearchFrom(string place) => $"search from {place}";

    /// <summary>Clauses as one text.</summary>
    public static string Join(IEnumerable<string> clauses) => string.Join(Separator, clauses);

    /// <summary>The clauses of a text; what is no clause is left out.</summary>
    public static IEnumerable<string> Split(string? refinement) => (refinement ?? "").Split(Separator.Trim(), StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>All that could be said truly after an attempt: a clause for each thing seen, each tool in the room, each place where a search can begin.</summary>
    public static List<string> Candidates(RoomFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return
        [
            .. facts.Sights.Select(sight => Location(sight.Thing, sight.Place)),
            .. from tool in Tools
               from receptacle in facts.Receptacles
               where receptacle.StartsWith($"{tool.Value} ", StringComparison.Ordinal)
               select Treatment(tool.Key, receptacle),
            .. facts.Unsearched().Select(SearchFrom),
        ];
    }

    // A thing's type, a clause's topic.
    internal static string FirstWord(string text) => text[..text.IndexOf(' ', StringComparison.Ordinal)];

    // The clauses that begin with a word of the task.
    internal static IEnumerable<string> Named(IEnumerable<string> clauses, string task)
    {
        string[] words = task.Split([' ', '.']);
        return clauses.Where(clause => words.Contains(FirstWord(clause)));
    }

    [GeneratedRegex(@"^(?<thing>[a-z]+ \d+) in (?<place>[a-z]+ \d+)$")]
    internal static partial Regex LocationClause();

    [GeneratedRegex(@"^(?<verb>clean|heat|cool) with (?<tool>[a-z]+ \d+)$")]
    internal static partial Regex TreatmentClause();

    [GeneratedRegex(@"^search from (?<place>[a-z]+ \d+)$")]
    internal static partial Regex SearchClause();
}
