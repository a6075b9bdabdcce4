using FsCheck;
using FsCheck.Fluent;
using Reflexion.Environments;
using Xunit.Abstractions;

namespace Reflexion.Tests;

public sealed class RandomPlayTests(ITestOutputHelper output)
{
    [Fact]
    public void In_worlds_of_any_shape_nothing_appears_vanishes_or_is_seen_through_doors() =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
            HouseholdInvariants.PlayAtRandom(Any(seed), seed, 60, new() { Grammar = (HouseholdGrammar)(seed & 1) }) > 0));

    [Fact]
    public void Two_games_that_are_played_alike_are_alike() =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var one = new HouseholdGame(Any(seed));
            var other = new HouseholdGame(Any(seed));
            var random = new Random(seed);
            for (int step = 0; step < 40; step++)
            {
                string command = one.AdmissibleCommands[random.Next(one.AdmissibleCommands.Length)];
                one.Step(command).Should().Be(other.Step(command));
            }

            one.State.HasSameValue(other.State).Should().BeTrue();
            one.State.ValueHash().Should().Be(other.State.ValueHash());
            other.State.CopyFrom(other.Layout.Start());
            other.State.HasSameValue(new HouseholdGame(Any(seed)).State).Should().BeTrue();
        }));

    [SharedFact("data/alfworld-official.zip")]
    public async Task In_the_real_games_too()
    {
        int worlds = 0;
        int steps = 0;
        await foreach (HouseholdWorld world in HouseholdWorlds.ReadAsync(SharedFolder.PathOf("data/alfworld-official.zip")))
        {
            steps += HouseholdInvariants.PlayAtRandom(world, worlds++, 100);
        }

        output.WriteLine($"{worlds} worlds, {steps} steps that did something.");
        steps.Should().BePositive();
    }

    private static HouseholdWorld Any(int seed)
    {
        var random = new Random(seed);
        string[] types = ["apple", "bowl", "knife", "butterknife", "desklamp", "pen", "cup"];
        string[] furniture = ["fridge", "microwave", "sinkbasin", "shelf", "drawer", "cabinet"];
        HouseholdReceptacle[] receptacles = [.. Enumerable.Range(0, random.Next(1, 12)).Select(index => Furniture(furniture[random.Next(furniture.Length)], index + 1, random))];
        HouseholdObject[] objects = [.. Enumerable.Range(1, random.Next(0, 90)).Select(number => Thing(types[random.Next(types.Length)], number, receptacles, random))];
        return new(
            $"any {seed}",
            "do something",
            new(HouseholdTaskKinds.All[random.Next(6)], types[random.Next(types.Length)], furniture[random.Next(furniture.Length)]),
            1,
            receptacles,
            objects,
            furniture.Select(type => KeyValuePair.Create(type, types.Where(_ => random.Next(3) > 0).ToArray().AsEnumerable())));
    }

    private static HouseholdReceptacle Furniture(string type, int number, Random random)
    {
        bool openable = random.Next(2) == 0;
        return new($"{type} {number}", type, random.Next(2, 8)) { IsOpenable = openable, IsOpen = openable && random.Next(4) == 0 };
    }

    private static HouseholdObject Thing(string type, int number, HouseholdReceptacle[] receptacles, Random random) =>
        new($"{type} {number}", type, (HouseholdTraits)random.Next(128))
        {
            Receptacles = [.. receptacles.Where(_ => random.Next(receptacles.Length) == 0).Select(receptacle => receptacle.Name)],
            Locations = random.Next(4) == 0 ? [random.Next(2, 8)] : null,
            Conditions = (HouseholdConditions)random.Next(32),
        };
}
