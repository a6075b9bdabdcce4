using Reflexion.Environments;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>Ten thousand generated worlds, each solved and each played at random.</summary>
public sealed class GeneratedWorldsTests(ITestOutputHelper output)
{
    private const int WorldsPerSplit = 2500;
    private const int RandomSteps = 8;

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
        int seed = 0;
        int done = 0;
        foreach (HouseholdSplit split in Enum.GetValues<HouseholdSplit>())
        {
            foreach (HouseholdWorld world in new HouseholdGenerator(new() { Split = split }).GenerateMany(WorldsPerSplit))
            {
                done += HouseholdInvariants.PlayAtRandom(world, seed++, RandomSteps, new() { Grammar = (HouseholdGrammar)(seed & 1) });
            }
        }

        output.WriteLine($"{seed} worlds, {done} steps that did something");
        done.Should().BeGreaterThan(seed * RandomSteps / 2);
    }
}
