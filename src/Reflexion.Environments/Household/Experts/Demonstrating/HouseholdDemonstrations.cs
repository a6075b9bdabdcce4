using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>Has experts play, and chooses short games as examples for prompts.</summary>
public static class HouseholdDemonstrations
{
    /// <summary>The most demonstrations that <see cref="For"/> gives; each is about another type of object, and there are not many that can be heated.</summary>
    public const int MaxCount = 6;

    /// <summary>How many lines an agent would write in an example, thoughts included; longer games are not chosen.</summary>
    private const int MaxTurns = 20;

    /// <summary>How much longer than the shortest way: a game that shows no search teaches none.</summary>
    private const int MinDetour = 2;

    private const int DefaultMaxSteps = 49;
    private const int MaxCached = 256;
    private const ulong WorldUse = 5;

    private static readonly HouseholdGenerator Worlds = new(new() { Split = HouseholdSplit.Demonstration });
    private static readonly ConcurrentDictionary<(HouseholdTaskKind, int, long, HouseholdGameOptions), ImmutableArray<HouseholdDemonstration>> Cache = [];

    /// <summary>
    /// Chooses examples for prompts: games of the <see cref="HouseholdExplorer"/> that were won after some search, in at most 20 lines, thoughts
    /// included, and about different types of objects.
    /// </summary>
    /// <remarks>
    /// They take place in generated worlds of the part <see cref="HouseholdSplit.Demonstration"/>, so no world of another part is ever shown. They are
    /// made once and kept; the same arguments always give the same examples.
    /// </remarks>
    /// <param name="kind">The kind of task.</param>
    /// <param name="count">How many; from 0 to <see cref="MaxCount"/>. Default 2, as in both papers.</param>
    /// <param name="seed">Another one gives other examples. Default 0.</param>
    /// <param name="game">In which words they are played; null for those of the papers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is none, the count is out of range, or the words are unknown.</exception>
    public static ImmutableArray<HouseholdDemonstration> For(HouseholdTaskKind kind, int count = 2, long seed = 0, HouseholdGameOptions? game = null)
    {
        _ = HouseholdTaskKinds.NameOf(kind);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        game ??= new();
        if (Cache.Count >= MaxCached)
        {
            Cache.Clear();
        }

        return Cache.GetOrAdd((kind, count, seed, game), key => [.. Choose(kind, seed, game).Take(count)]);
    }

    /// <summary>Has the explorer play a world.</summary>
    /// <param name="world">The world.</param>
    /// <param name="options">How it explores; null for the defaults.</param>
    /// <param name="game">In which words it is played; null for those of the papers.</param>
    /// <param name="maxSteps">The most steps; at least 1. Default 49, as in the papers.</param>
    /// <param name="hints">Where objects were seen in an earlier trial; null for nothing known.</param>
    /// <returns>The game, whether it was won or not.</returns>
    /// <exception cref="ArgumentNullException">The world is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or the world's task is in words that the explorer does not know.</exception>
    public static HouseholdDemonstration Explore(
        HouseholdWorld world,
        HouseholdExplorerOptions? options = null,
        HouseholdGameOptions? game = null,
        int maxSteps = DefaultMaxSteps,
        IEnumerable<KeyValuePair<string, string>>? hints = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSteps, 1);
        var running = new HouseholdGame(world, game);
        var explorer = new HouseholdExplorer(options);
        foreach ((string thing, string receptacle) in hints ?? [])
        {
            explorer.Know(thing, receptacle);
        }

        var steps = ImmutableArray.CreateBuilder<HouseholdDemonstrationStep>();
        string seen = running.InitialObservation;
        while (!running.IsWon && steps.Count < maxSteps)
        {
            HouseholdMove move = explorer.Next(seen);
            seen = running.Step(move.Action);
            steps.Add(StepOf(move, seen));
        }

        return Of(running, HouseholdExpert.Explorer, options?.Seed ?? 0, steps.DrainToImmutable());
    }

    /// <summary>Has the planner play a world.</summary>
    /// <param name="world">The world.</param>
    /// <param name="game">In which words it is played; null for those of the papers.</param>
    /// <param name="seed">Decides among equally good words for the thoughts. Default 0.</param>
    /// <returns>The game; not won and without steps where the world cannot be solved.</returns>
    /// <exception cref="ArgumentNullException">The world is null.</exception>
    public static HouseholdDemonstration Plan(HouseholdWorld world, HouseholdGameOptions? game = null, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(world);
        var running = new HouseholdGame(world, game);
        ImmutableArray<string> commands = HouseholdPlanner.Plan(running).Commands;
        var steps = ImmutableArray.CreateRange(new PlanNarrator(running, seed).Tell(commands).Select(move => StepOf(move, running.Step(move.Action))));
        return Of(running, HouseholdExpert.Planner, seed, steps);
    }

    private static HouseholdDemonstrationStep StepOf(HouseholdMove move, string observation) => new(move.Thought, move.Action, observation) { OpensStage = move.OpensStage };

    private static HouseholdDemonstration Of(HouseholdGame game, HouseholdExpert expert, long seed, ImmutableArray<HouseholdDemonstrationStep> steps) => new()
    {
        WorldId = game.World.Id,
        Kind = game.World.Goal.Kind,
        Expert = expert,
        Seed = seed,
        InitialObservation = game.InitialObservation,
        Steps = steps,
        IsWon = game.IsWon,
    };

    private static IEnumerable<HouseholdDemonstration> Choose(HouseholdTaskKind kind, long seed, HouseholdGameOptions game)
    {
        SplitMix seeds = SplitMix.For(seed, WorldUse, (ulong)kind);
        var told = new HashSet<string>();
        while (true)
        {
            long drawn = (long)(seeds.Next() >> 1);
            HouseholdWorld world = Worlds.Generate(kind, drawn);
            HouseholdDemonstration shown = Explore(world, new() { Seed = drawn, Grammar = game.Grammar }, game);
            int shortest = HouseholdPlanner.Plan(new(world)).Commands.Length;
            if (shown.IsWon && shown.Turns <= MaxTurns && shown.Steps.Length >= shortest + MinDetour && ShowsTheWholeTask(shown) && told.Add(world.Goal.ObjectType))
            {
                yield return shown;
            }
        }
    }

    /// <summary>Whether nothing was in vain, and, where two things are to be brought, none of them was there already.</summary>
    private static bool ShowsTheWholeTask(HouseholdDemonstration shown) =>
        !shown.Steps.Any(step => ObservationReader.IsNothing(step.Observation))
        && (shown.Kind != HouseholdTaskKind.PickTwoAndPlace || shown.Steps.Count(step => step.Action.StartsWith("take ", StringComparison.Ordinal)) == 2);
}
