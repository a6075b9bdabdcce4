using System.Text.Json;
using Reflexion.Environments;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>The reference worlds in the papers' wording.</summary>
public sealed class WalkthroughsTests(ITestOutputHelper output)
{
    private const string Games = "data/alfworld-games.jsonl";

    [SharedFact(Games)]
    public async Task Every_world_starts_as_written_and_its_walkthrough_goes_as_written_and_wins()
    {
        IReadOnlyList<HouseholdWorld> worlds = await HouseholdWorlds.LoadAsync(SharedFolder.PathOf(Games));
        int steps = 0;
        foreach ((HouseholdWorld world, JsonElement line) in worlds.Zip(Lines()))
        {
            world.Index.Should().Be(line.GetProperty("index").GetInt32());
            var game = new HouseholdGame(world);
            game.InitialObservation.Should().Be(line.GetProperty("initial_observation").GetString());
            game.IsWon.Should().BeFalse("no game is won at the start");
            bool won = false;
            foreach ((string command, JsonElement move) in world.Walkthrough.Zip(line.GetProperty("walkthrough").EnumerateArray()))
            {
                game.AdmissibleCommands.Should().Contain(command, world.Id);
                game.Step(command).Should().Be(move.GetProperty("observation").GetString(), $"{world.Id}, '{command}'");
                won |= game.IsWon;
                steps++;
            }

            won.Should().BeTrue(world.Id);
        }

        output.WriteLine($"{worlds.Count} worlds, {steps} steps of walkthroughs: texts equal, all won.");
        worlds.Should().NotBeEmpty();
    }

    [SharedFact(Games)]
    public async Task A_line_and_a_game_file_of_the_same_world_play_alike()
    {
        IReadOnlyList<HouseholdWorld> lines = await HouseholdWorlds.LoadAsync(SharedFolder.PathOf(Games));
        Dictionary<string, HouseholdWorld> files = (await HouseholdWorlds.LoadAsync(SharedFolder.PathOf("data/alfworld-official.zip"))).ToDictionary(world => world.Id);
        int compared = 0;
        foreach (HouseholdWorld line in lines.Where(line => files.ContainsKey(line.Id)))
        {
            var one = new HouseholdGame(line, new() { Wording = HouseholdWording.Engine });
            var other = new HouseholdGame(files[line.Id], new() { Wording = HouseholdWording.Engine });
            one.InitialObservation.Should().Be(other.InitialObservation);
            var random = new Random(compared++);
            for (int step = 0; step < 100; step++)
            {
                one.AdmissibleCommands.Should().Equal(other.AdmissibleCommands);
                string command = one.AdmissibleCommands[random.Next(one.AdmissibleCommands.Length)];
                one.Step(command).Should().Be(other.Step(command), $"{line.Id}, '{command}'");
                one.IsWon.Should().Be(other.IsWon);
            }
        }

        output.WriteLine($"{compared} worlds compared over 100 random steps each.");
        compared.Should().BePositive();
    }

    private static IEnumerable<JsonElement> Lines() =>
        File.ReadLines(SharedFolder.PathOf(Games)).Select(line => JsonDocument.Parse(line).RootElement);
}
