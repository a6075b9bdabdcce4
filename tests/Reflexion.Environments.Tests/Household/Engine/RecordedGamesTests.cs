using Reflexion.Environments;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>The engine against what ALFWorld's own answered.</summary>
public sealed class RecordedGamesTests(ITestOutputHelper output)
{
    private static readonly HouseholdGameOptions EngineWording = new() { Wording = HouseholdWording.Engine };

    [SharedFact("data/alfworld-recordings.jsonl")]
    public async Task Every_recorded_step_is_equal_to_the_letter()
    {
        Dictionary<string, HouseholdWorld> worlds = (await HouseholdWorlds.LoadAsync(SharedFolder.PathOf("data/alfworld-official.zip"))).ToDictionary(world => world.Id);
        int steps = 0;
        int episodes = 0;
        var commands = new List<string>();
        foreach (RecordedGame recorded in RecordedGame.ReadAll())
        {
            worlds.Should().ContainKey(recorded.GameId, "every recorded game must be among the files");
            var game = new HouseholdGame(worlds[recorded.GameId], EngineWording);
            var admissible = new SortedSet<string>(recorded.InitialAdmissible, StringComparer.Ordinal);
            string where = $"{recorded.GameId}, {recorded.Kind}";
            Same(game.InitialObservation, recorded.InitialObservation, where);
            game.ListAdmissibleCommands(commands);
            Same(commands, admissible, where);
            foreach (RecordedGame.Move move in recorded.Steps)
            {
                steps++;
                where = $"{recorded.GameId}, {recorded.Kind}, step {steps}, '{move.Action}'";
                Same(game.Step(move.Action), move.Observation, where);
                admissible.UnionWith(move.AdmissibleAdded ?? []);
                admissible.ExceptWith(move.AdmissibleRemoved ?? []);
                game.ListAdmissibleCommands(commands);
                Same(commands, admissible, where);
                game.IsWon.Should().Be(move.Won, where);
            }

            episodes++;
        }

        output.WriteLine($"{episodes} episodes, {steps} steps: observations, admissible commands and won flags all equal.");
        steps.Should().BePositive();
    }

    private static void Same(string mine, string theirs, string where)
    {
        if (mine != theirs)
        {
            mine.Should().Be(theirs, where);
        }
    }

    private static void Same(List<string> mine, SortedSet<string> theirs, string where)
    {
        if (!mine.SequenceEqual(theirs))
        {
            mine.Should().Equal(theirs, where);
        }
    }
}
