using Reflexion.Environments;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>Ten thousand generated worlds, each solved and each played at random.</summary>
public sealed class GeneratedWorldsTests(ITestOutputHelper output)
{
    private const int WorldsPerSplit = 2500;
    private const int RandomSteps = 20;

    [Theory]
    [InlineData(HouseholdSplit.Train)]
    [InlineData(HouseholdSplit.Validation)]
    [InlineData(HouseholdSplit.Test)]
    [InlineData(HouseholdSplit.Demonstration)]
    public void Every_world_is_open_at_the_start_and_won_by_the_planner(HouseholdSplit split)
    {
        int longest = 0;
        long commands = 0;
        foreach (HouseholdWorld world in new HouseholdGenerator(new() { Split = split }).GenerateMany(WorldsPerSplit))
        {
            var game = new HouseholdGame(world);
            game.IsWon.Should().BeFalse(world.Id);
            HouseholdPlan plan = HouseholdPlanner.Plan(game);
            plan.IsSolvable.Should().BeTrue(world.Id);
            for (int index = 0; index < plan.Commands.Length; index++)
            {
                game.Step(plan.Commands[index]).Should().NotBe("Nothing happens.", $"{plan.Commands[index]} in {world.Id}");
                game.IsWon.Should().Be(index == plan.Commands.Length - 1, world.Id);
            }

            longest = Math.Max(longest, plan.Commands.Length);
            commands += plan.Commands.Length;
        }

        output.WriteLine($"{split}: {WorldsPerSplit} worlds, {commands / (double)WorldsPerSplit:0.0} commands on average, {longest} at most");
        longest.Should().BeLessThan(20);
    }

    [Fact]
    public void Random_play_keeps_every_thing_and_hides_what_is_behind_doors()
    {
        var random = new SplitMix(11);
        var commands = new List<string>();
        foreach (HouseholdSplit split in Enum.GetValues<HouseholdSplit>())
        {
            foreach (HouseholdWorld world in new HouseholdGenerator(new() { Split = split }).GenerateMany(WorldsPerSplit))
            {
                var game = new HouseholdGame(world);
                game.ListAdmissibleCommands(commands);
                for (int step = 0; step < RandomSteps; step++)
                {
                    string command = random.Pick(commands);
                    game.Step(command);
                    game.ListAdmissibleCommands(commands);
                    Check(game, command, commands);
                }
            }
        }
    }

    /// <summary>Plain conditions, since they are tested hundreds of thousands of times.</summary>
    private static void Check(HouseholdGame game, string step, List<string> commands)
    {
        HouseholdWorld world = game.World;
        for (int o = 0; o < world.Objects.Length; o++)
        {
            if (game.State.Held != o && !IsInside(game, o))
            {
                Assert.Fail($"{world.Objects[o].Name} vanished in {world.Id} after {step}");
            }
        }

        string carried = game.Step("inventory");
        string expected = game.State.Held < 0 ? "You are not carrying anything." : $"You are carrying: a {world.Objects[game.State.Held].Name}.";
        if (carried != expected)
        {
            Assert.Fail($"{carried} But it should say: {expected}");
        }

        foreach (int r in game.Layout.Places.Receptacles[game.State.Location])
        {
            if (game.Layout.Openable[r] && !game.State.Bits[game.Layout.Opened, r])
            {
                CheckClosed(game, world.Receptacles[r].Name, commands);
            }
        }
    }

    private static bool IsInside(HouseholdGame game, int o)
    {
        for (int r = 0; r < game.World.Receptacles.Length; r++)
        {
            if (game.State.Bits[HouseholdLayout.In(r), o])
            {
                return true;
            }
        }

        return false;
    }

    private static void CheckClosed(HouseholdGame game, string name, List<string> commands)
    {
        string seen = game.Step($"examine {name}");
        if (seen != $"The {name} is closed." || commands.Exists(command => command.EndsWith($" from {name}", StringComparison.Ordinal)))
        {
            Assert.Fail($"The {name} is closed in {game.World.Id}, but shows what is in it: {seen}");
        }
    }
}
