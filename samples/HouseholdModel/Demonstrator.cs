using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Reflexion.Environments;

namespace Reflexion.Samples.HouseholdModel;

/// <summary>
/// Plays games for the model to imitate: an explorer that searches the room in the order of its description from a place of its choice, does what a refinement in its
/// prompt says, and has a fault: with some kinds of things it mostly leaves out the treatment that the task asks for, unless the refinement names it.
/// </summary>
public static partial class Demonstrator
{
    /// <summary>How often the treatment of a neglected kind of thing is left out.</summary>
    public const double Neglect = 0.95;

    /// <summary>Whether the demonstrations tend to leave out what is to be done to things of a kind: half of all kinds.</summary>
    public static bool IsNeglected(string thingType)
    {
        ArgumentNullException.ThrowIfNull(thingType);
        return thingType.Aggregate(7, (hash, letter) => ((hash * 31) + letter) & 0xFFFF) % 2 == 0;
    }

    /// <summary>Plays one game.</summary>
    /// <param name="world">The world; only its task and what its game answers are used.</param>
    /// <param name="refinement">What stands in the prompt, or null.</param>
    /// <param name="steps">The most actions.</param>
    /// <param name="random">Decides where the search begins and whether the fault shows.</param>
    /// <param name="slipRate">How often something impossible is tried before the right action, from 0 to 1.</param>
    public static Attempt Play(HouseholdWorld world, string? refinement, int steps, Random random, double slipRate = 0)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(random);
        var game = new HouseholdGame(world);
        string room = game.InitialObservation;
        string[] clauses = [.. Refinements.Split(refinement)];
        bool forgets = !IsTold(world.Goal, clauses) && IsNeglected(world.Goal.ObjectType) && random.NextDouble() < Neglect;
        var explorer = new HouseholdExplorer(new() { Grammar = HouseholdGrammar.PutInOrOn });
        string[] order = [.. SearchOrder(world, new RoomFacts(new("", null, room, [], false)).Receptacles, clauses, random)];
        var seen = new HashSet<string>();
        ImmutableArray<AttemptStep>.Builder played = ImmutableArray.CreateBuilder<AttemptStep>();
        string observation = forgets ? WithoutTreatment().Replace(room, match => $"put some {match.Groups["thing"].Value} in {match.Groups["target"].Value}") : room;
        while (played.Count < steps && !game.IsWon)
        {
            Steer(explorer, world.Goal, order, seen);
            string action = explorer.Next(observation).Action;
            if (played.Count + 1 < steps && random.NextDouble() < slipRate && Slip(game, order, played, random) is { } slip)
            {
                played.Add(slip);
            }

            observation = game.Step(action);
            played.Add(new(action, observation));
            Note(action, observation, seen);
            if (forgets && action.StartsWith("put ", StringComparison.Ordinal))
            {
                break;
            }
        }

        return new($"{world.Task}.", refinement, room, played.DrainToImmutable(), game.IsWon);
    }

    // What cannot be done changes nothing, so the game goes on as if it had not been tried.
    private static AttemptStep? Slip(HouseholdGame game, string[] places, ImmutableArray<AttemptStep>.Builder played, Random random)
    {
        string place = places[random.Next(places.Length)];
        string thing = played.Select(step => Thing().Match(step.Observation)).Where(match => match.Success).Select(match => match.Groups["thing"].Value).LastOrDefault("mug 1");
        string action = random.Next(5) switch
        {
            0 => $"take {thing} from {place}",
            1 => $"put {thing} in/on {place}",
            2 => $"open {place}",
            3 => played.LastOrDefault()?.Action ?? $"examine {place}",
            _ => $"examine {place}",
        };
        return game.AdmissibleCommands.Contains(action) ? null : new(action, game.Step(action), IsSlip: true);
    }

    private static bool IsTold(HouseholdGoal goal, string[] clauses) => VerbOf(goal.Kind) is not { } verb
        || clauses.Any(clause => Refinements.TreatmentClause().Match(clause) is { Success: true } match && match.Groups["verb"].Value == verb);

    /// <summary>What a kind of task asks to be done to the thing; null for nothing.</summary>
    public static string? VerbOf(HouseholdTaskKind kind) => kind switch
    {
        HouseholdTaskKind.CleanAndPlace => "clean",
        HouseholdTaskKind.HeatAndPlace => "heat",
        HouseholdTaskKind.CoolAndPlace => "cool",
        _ => null,
    };

    // First where the refinement says that the thing is, then round the room.
    private static IEnumerable<string> SearchOrder(HouseholdWorld world, List<string> receptacles, string[] clauses, Random random)
    {
        HouseholdGoal goal = world.Goal;
        IEnumerable<string> told = clauses.Select(clause => Refinements.LocationClause().Match(clause))
            .Where(match => match.Success && WantedTypes(goal).Contains(Refinements.FirstWord(match.Groups["thing"].Value)))
            .Select(match => match.Groups["place"].Value)
            .Where(receptacles.Contains);
        string? from = clauses.Select(clause => Refinements.SearchClause().Match(clause).Groups["place"].Value).FirstOrDefault(receptacles.Contains);
        int start = from is null ? Start(world, receptacles, random) : receptacles.IndexOf(from);
        return told.Concat(receptacles.Skip(start)).Concat(receptacles.Take(start)).Distinct();
    }

    // A quarter of the searches begins a little before a place where the thing is: what they have in common is where such things usually are.
    private static int Start(HouseholdWorld world, List<string> receptacles, Random random)
    {
        int place = world.Objects.Where(thing => thing.Type == world.Goal.ObjectType).SelectMany(thing => thing.Receptacles).Select(name => receptacles.IndexOf(name)).FirstOrDefault(-1);
        return place < 0 || random.Next(4) > 0 ? random.Next(receptacles.Count) : (place - random.Next(6) + receptacles.Count) % receptacles.Count;
    }

    /// <summary>The types of things to look for: the thing, and the lamp where there is to be light.</summary>
    internal static string[] WantedTypes(HouseholdGoal goal) => goal.Kind == HouseholdTaskKind.LookInLight ? [goal.ObjectType, goal.TargetType] : [goal.ObjectType];

    // The explorer looks first where it has heard that the thing is.
    private static void Steer(HouseholdExplorer explorer, HouseholdGoal goal, string[] order, HashSet<string> seen)
    {
        if (order.FirstOrDefault(place => !seen.Contains(place)) is { } next)
        {
            foreach (string type in WantedTypes(goal))
            {
                explorer.Know($"{type} 1", next);
            }
        }
    }

    private static void Note(string action, string observation, HashSet<string> seen)
    {
        Match place = Visited().Match(action);
        if (place.Success && !observation.Contains("is closed", StringComparison.Ordinal))
        {
            seen.Add(place.Groups["place"].Value);
        }
    }

    [GeneratedRegex("(?:put a (?:clean|hot|cool) |(?:clean|heat|cool) some )(?<thing>[a-z]+) (?:and put it )?in (?<target>[a-z]+)")]
    private static partial Regex WithoutTreatment();

    [GeneratedRegex(@"you see an? (?<thing>[a-z]+ \d+)")]
    private static partial Regex Thing();

    [GeneratedRegex("^(?:go to|open|examine) (?<place>[a-z]+ [0-9]+)$")]
    private static partial Regex Visited();
}
