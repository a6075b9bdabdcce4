using System.Text.RegularExpressions;
using Reflexion.Environments;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>
/// The papers' demonstrations, replayed. Tolerated, because the originals have it: thoughts and what answers them; a missing
/// <c>and</c> before the last item of a list; white space; an initial observation that
/// runs on into the first step; a <c>go to</c> left out before an <c>open</c>; an observation left out.
/// </summary>
public sealed partial class DemonstrationsTests(ITestOutputHelper output)
{
    [SharedFact("data/alfworld-demonstrations.jsonl")]
    public void Successful_demonstrations_replay_in_the_world_they_show()
    {
        int replayed = 0;
        int steps = 0;
        foreach (Demonstration demonstration in Demonstrations())
        {
            var game = new HouseholdGame(DemonstrationWorld.Of(demonstration));
            Normalize(demonstration.InitialObservation).Should().StartWith(Normalize(game.InitialObservation), demonstration.Id);
            foreach (Demonstration.Move move in Moves(demonstration))
            {
                game.IsWon.Should().BeFalse($"{demonstration.Id} goes on");
                string seen = Do(game, move.Action);
                Same(seen, move.Observation).Should().BeTrue($"'{seen}' answers '{move.Action}' in {demonstration.Id}");
                steps++;
            }

            game.IsWon.Should().BeTrue(demonstration.Id);
            replayed++;
        }

        output.WriteLine($"{replayed} successful demonstrations, {steps} steps: all replay and win.");
        replayed.Should().BePositive();
    }

    [SharedFact("data/alfworld-demonstrations.jsonl")]
    public async Task Successful_demonstrations_replay_in_their_world_where_it_is_among_the_games()
    {
        IReadOnlyList<HouseholdWorld> worlds = await HouseholdWorlds.LoadAsync(SharedFolder.PathOf("data/alfworld-official.zip"), new() { IncludeUnsolvable = true });
        ILookup<string, HouseholdWorld> byStart = worlds.ToLookup(world => Normalize(new HouseholdGame(world).InitialObservation));
        int candidates = 0;
        int present = 0;
        foreach (Demonstration demonstration in Demonstrations())
        {
            foreach (HouseholdWorld world in byStart[Normalize(demonstration.InitialObservation)])
            {
                candidates++;
                if (Replay(demonstration, world) is { } won)
                {
                    present++;
                    won.Should().BeTrue(demonstration.Id);
                }
            }
        }

        output.WriteLine($"{candidates} games have a demonstration's room and task; {present} of them are its world, and the demonstration wins there.");
    }

    /// <summary>Whether the demonstration wins; null where the world holds other things than the demonstration shows.</summary>
    private static bool? Replay(Demonstration demonstration, HouseholdWorld world)
    {
        var game = new HouseholdGame(world);
        foreach (Demonstration.Move move in Moves(demonstration))
        {
            if (!Same(Do(game, move.Action), move.Observation))
            {
                return null;
            }
        }

        return game.IsWon;
    }

    private static bool Same(string seen, string written) => written.Length == 0 ? seen != "Nothing happens." : Normalize(seen) == Normalize(written);

    private static string Do(HouseholdGame game, string command)
    {
        if (command.StartsWith("open ", StringComparison.Ordinal) && !game.AdmissibleCommands.Contains(command))
        {
            game.Step($"go to {command[5..]}");
        }

        return game.Step(command);
    }

    private static IEnumerable<Demonstration> Demonstrations() =>
        Demonstration.ReadAll().Where(each => each.Success && each.InitialObservation.StartsWith("You are in", StringComparison.Ordinal));

    private static IEnumerable<Demonstration.Move> Moves(Demonstration demonstration) =>
        demonstration.Steps.Where(step => !step.Action.StartsWith("think", StringComparison.Ordinal));

    private static string Normalize(string text) => Spaces.Replace(text.Replace(", and ", ", ", StringComparison.Ordinal), " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces { get; }
}
