using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class HouseholdSplitTests
{
    private static readonly HouseholdSplit[] All = Enum.GetValues<HouseholdSplit>();

    [Fact]
    public void The_floor_plan_of_a_world_alone_tells_the_part_it_is_in()
    {
        foreach (HouseholdSplit split in All)
        {
            foreach (HouseholdWorld world in new HouseholdGenerator(new() { Split = split }).GenerateMany(150))
            {
                RoomPlan.SplitOf(PlanOf(world)).Should().Be(split, world.Id);
            }
        }
    }

    [Fact]
    public void Parts_share_no_floor_plan_though_the_seeds_are_the_same()
    {
        HashSet<string>[] plans = [.. All.Select(split => new HouseholdGenerator(new() { Split = split }).GenerateMany(500, 100).Select(Describe).ToHashSet())];
        for (int one = 0; one < plans.Length; one++)
        {
            plans[one].Count.Should().BeGreaterThan(250, "a part has many plans");
            for (int other = one + 1; other < plans.Length; other++)
            {
                plans[one].Overlaps(plans[other]).Should().BeFalse();
            }
        }
    }

    [Fact]
    public void Five_of_eight_plans_are_for_training_and_one_for_each_other_part()
    {
        Dictionary<HouseholdSplit, int> counts = Enumerable.Range(1, 8000).CountBy(count => RoomPlan.SplitOf([("cabinet", count), ("shelf", 0)])).ToDictionary();
        counts[HouseholdSplit.Train].Should().BeCloseTo(5000, 250);
        counts[HouseholdSplit.Validation].Should().BeCloseTo(1000, 150);
        counts[HouseholdSplit.Test].Should().BeCloseTo(1000, 150);
        counts[HouseholdSplit.Demonstration].Should().BeCloseTo(1000, 150);
    }

    [Fact]
    public void Types_that_are_absent_do_not_count()
    {
        for (int count = 1; count < 40; count++)
        {
            RoomPlan.SplitOf([("bed", 0), ("cabinet", count)]).Should().Be(RoomPlan.SplitOf([("cabinet", count), ("shelf", 0)]));
        }
    }

    private static IEnumerable<(string Type, int Count)> PlanOf(HouseholdWorld world) =>
        world.Receptacles.CountBy(receptacle => receptacle.Type).Select(pair => (pair.Key, pair.Value));

    private static string Describe(HouseholdWorld world) => string.Join(',', PlanOf(world));
}
