using System.Text.RegularExpressions;

namespace Reflexion.Environments;

/// <summary>Makes a world of a game file.</summary>
internal static partial class PddlWorldReader
{
    /// <summary>The type of a receptacle that the file gives none: nothing can be put into it, and no goal means it.</summary>
    private const string Untyped = "untyped";

    private static readonly (string Predicate, HouseholdTraits Trait)[] Traits =
    [
        ("pickupable", HouseholdTraits.Pickupable),
        ("cleanable", HouseholdTraits.Cleanable),
        ("heatable", HouseholdTraits.Heatable),
        ("coolable", HouseholdTraits.Coolable),
        ("toggleable", HouseholdTraits.Toggleable),
        ("sliceable", HouseholdTraits.Sliceable),
        ("isreceptacleobject", HouseholdTraits.Container),
    ];

    private static readonly (string Predicate, HouseholdConditions Condition)[] Conditions =
    [
        ("isclean", HouseholdConditions.Clean),
        ("ishot", HouseholdConditions.Hot),
        ("iscool", HouseholdConditions.Cool),
        ("istoggled", HouseholdConditions.Toggled),
        ("issliced", HouseholdConditions.Sliced),
    ];

    /// <summary>Makes a world.</summary>
    /// <param name="file">The file's content.</param>
    /// <param name="id">The world's id.</param>
    /// <param name="source">The file, for messages.</param>
    /// <returns>The world, or null with the reason where the goal is of none of the six kinds.</returns>
    /// <exception cref="DatasetFormatException">The problem does not describe a game.</exception>
    internal static (HouseholdWorld? World, string Problem) Read(GameFile file, string id, string source)
    {
        PddlProblem problem = PddlProblem.Read(file.PddlProblem, source);
        if (!PddlGoal.TryRead(problem.Goal, out HouseholdGoal? goal, out string reason))
        {
            return (null, reason);
        }

        if (problem.Pairs("holds").Any())
        {
            throw new DatasetFormatException(source, 0, "the agent holds something at the start; games start with empty hands.");
        }

        Dictionary<string, string> names = PddlNames.Of(problem.Constants);
        int Location(string where) => PddlNames.NumberOf(names[where]) ?? throw new DatasetFormatException(source, 0, $"'{where}' is no location.");
        string start = problem.Pairs("atlocation").Select(pair => pair.Second).FirstOrDefault()
            ?? throw new DatasetFormatException(source, 0, "no fact 'atLocation' says where the agent starts.");
        try
        {
            return (new(id, TaskIn(file.Grammar, source), goal!, Location(start), Receptacles(problem, names, Location), Objects(problem, names, Location), CanContain(problem))
            {
                IsSolvable = file.Solvable,
                Walkthrough = [.. file.Walkthrough ?? []],
            }, "");
        }
        catch (ArgumentException wrong)
        {
            throw new DatasetFormatException(source, 0, $"the game does not fit together: {wrong.Message}", wrong);
        }
    }

    private static IEnumerable<HouseholdReceptacle> Receptacles(PddlProblem problem, Dictionary<string, string> names, Func<string, int> location)
    {
        Dictionary<string, string> locations = problem.Map("receptacleatlocation");
        Dictionary<string, string> types = problem.Map("receptacletype");
        HashSet<string> openable = [.. problem.Marked("openable")];
        HashSet<string> opened = [.. problem.Marked("opened")];
        return locations.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair =>
            new HouseholdReceptacle(names[pair.Key], types.TryGetValue(pair.Key, out string? type) ? PddlNames.TypeOf(type) : Untyped, location(pair.Value))
            {
                IsOpenable = openable.Contains(pair.Key),
                IsOpen = opened.Contains(pair.Key),
            });
    }

    private static IEnumerable<HouseholdObject> Objects(PddlProblem problem, Dictionary<string, string> names, Func<string, int> location)
    {
        ILookup<string, string> receptacles = problem.Pairs("inreceptacle").ToLookup(pair => pair.First, pair => names[pair.Second], StringComparer.Ordinal);
        ILookup<string, int> locations = problem.Pairs("objectatlocation").ToLookup(pair => pair.First, pair => location(pair.Second), StringComparer.Ordinal);
        ILookup<string, string> contents = problem.Pairs("inreceptacleobject").ToLookup(pair => pair.Second, pair => names[pair.First], StringComparer.Ordinal);
        ILookup<string, HouseholdTraits> traits = Marks(problem, Traits);
        ILookup<string, HouseholdConditions> conditions = Marks(problem, Conditions);
        return problem.Map("objecttype").OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair =>
            new HouseholdObject(names[pair.Key], PddlNames.TypeOf(pair.Value), traits[pair.Key].Aggregate(HouseholdTraits.None, (all, trait) => all | trait))
            {
                Receptacles = [.. receptacles[pair.Key]],
                Locations = [.. locations[pair.Key]],
                Conditions = conditions[pair.Key].Aggregate(HouseholdConditions.None, (all, condition) => all | condition),
                Contents = [.. contents[pair.Key]],
            });
    }

    private static IEnumerable<KeyValuePair<string, IEnumerable<string>>> CanContain(PddlProblem problem) => problem.Pairs("cancontain")
        .GroupBy(pair => PddlNames.TypeOf(pair.First), pair => PddlNames.TypeOf(pair.Second), StringComparer.Ordinal)
        .Select(group => KeyValuePair.Create(group.Key, group.AsEnumerable()));

    private static ILookup<string, T> Marks<T>(PddlProblem problem, (string Predicate, T Mark)[] marks) => marks
        .SelectMany(mark => problem.Marked(mark.Predicate).Select(id => (id, mark.Mark)))
        .ToLookup(pair => pair.id, pair => pair.Mark, StringComparer.Ordinal);

    private static string TaskIn(string grammar, string source)
    {
        Match task = TaskLine.Match(grammar);
        return task.Success ? task.Groups[1].Value : throw new DatasetFormatException(source, 0, "the grammar has no line 'Your task is to: …'.");
    }

    [GeneratedRegex("""Your task is to: ([^"\\\r\n]*?)\.?\s*["\\]""", RegexOptions.CultureInvariant)]
    private static partial Regex TaskLine { get; }
}
