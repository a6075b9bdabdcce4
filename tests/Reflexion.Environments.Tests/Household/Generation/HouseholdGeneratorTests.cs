using System.Security.Cryptography;
using System.Text;
using Reflexion.Environments;
using Xunit.Abstractions;

namespace Reflexion.Tests;

public sealed class HouseholdGeneratorTests(ITestOutputHelper output)
{
    private static readonly HouseholdGenerator Default = new();

    [Fact]
    public void A_seed_gives_the_same_worlds_on_every_platform()
    {
        string worlds = string.Join('\n', new HouseholdGenerator().GenerateMany(60, -30).Select(Describe));
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(worlds)))
            .Should().Be("5d04f6828351922cf866ecf2e0bd3af0c8fa0acfdb333e05753f0fea6a590309", "published seeds must keep their worlds");
    }

    [Fact]
    public void Seeds_parts_and_kinds_give_different_worlds()
    {
        var worlds = new List<HouseholdWorld>();
        foreach (HouseholdSplit split in Enum.GetValues<HouseholdSplit>())
        {
            var generator = new HouseholdGenerator(new() { Split = split });
            worlds.AddRange(HouseholdTaskKinds.All.SelectMany(kind => Enumerable.Range(0, 50).Select(seed => generator.Generate(kind, seed))));
        }

        worlds.Select(world => world.Id).Should().OnlyHaveUniqueItems();
        worlds.Select(Describe).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void An_id_tells_part_task_and_seed()
    {
        HouseholdWorld world = new HouseholdGenerator(new() { Split = HouseholdSplit.Test }).Generate(HouseholdTaskKind.CoolAndPlace, -5);
        world.Id.Should().Be($"generated/test/pick_cool_then_place_in_recep-{world.Goal.ObjectType}-{world.Goal.TargetType}/-5");
        world.Goal.Kind.Should().Be(HouseholdTaskKind.CoolAndPlace);
        world.Task.Should().ContainAll("cool", world.Goal.ObjectType, world.Goal.TargetType);
    }

    [Fact]
    public void The_weights_decide_how_often_a_kind_comes_but_not_what_its_worlds_are()
    {
        var generator = new HouseholdGenerator(new()
        {
            Weights = new Dictionary<HouseholdTaskKind, int> { [HouseholdTaskKind.HeatAndPlace] = 1, [HouseholdTaskKind.PickAndPlace] = 3, [HouseholdTaskKind.LookInLight] = 0 },
        });
        Dictionary<HouseholdTaskKind, HouseholdWorld[]> worlds = generator.GenerateMany(1200).GroupBy(world => world.Goal.Kind).ToDictionary(group => group.Key, group => group.ToArray());
        worlds.Keys.Should().BeEquivalentTo([HouseholdTaskKind.HeatAndPlace, HouseholdTaskKind.PickAndPlace]);
        worlds[HouseholdTaskKind.PickAndPlace].Should().HaveCountGreaterThan(820).And.HaveCountLessThan(980);

        HouseholdWorld one = worlds[HouseholdTaskKind.HeatAndPlace][0];
        long seed = long.Parse(one.Id[(one.Id.LastIndexOf('/') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        Describe(Default.Generate(HouseholdTaskKind.HeatAndPlace, seed)).Should().Be(Describe(one));
    }

    [Fact]
    public void By_default_kinds_come_as_often_as_in_the_papers_evaluation()
    {
        Dictionary<HouseholdTaskKind, int> counts = Default.GenerateMany(3000).CountBy(world => world.Goal.Kind).ToDictionary();
        Dictionary<HouseholdTaskKind, int> paper = new()
        {
            [HouseholdTaskKind.PickAndPlace] = 24,
            [HouseholdTaskKind.LookInLight] = 18,
            [HouseholdTaskKind.CleanAndPlace] = 31,
            [HouseholdTaskKind.HeatAndPlace] = 23,
            [HouseholdTaskKind.CoolAndPlace] = 21,
            [HouseholdTaskKind.PickTwoAndPlace] = 17,
        };
        foreach ((HouseholdTaskKind kind, int count) in paper)
        {
            (counts[kind] / 3000.0).Should().BeApproximately(count / 134.0, 0.03, kind.ToString());
        }
    }

    [Fact]
    public void Worlds_look_like_ALFWorlds()
    {
        HouseholdWorld[] worlds = [.. Default.GenerateMany(400)];
        foreach (HouseholdWorld world in worlds)
        {
            world.Receptacles.Select(receptacle => receptacle.Type).Should().BeInAscendingOrder(StringComparer.Ordinal);
            world.Objects.Select(thing => thing.Type).Should().BeInAscendingOrder(StringComparer.Ordinal);
            foreach (var names in world.Receptacles.Select(each => (each.Type, each.Name)).Concat(world.Objects.Select(each => (each.Type, each.Name))).GroupBy(each => each.Type, each => each.Name))
            {
                names.Should().Equal(Enumerable.Range(1, names.Count()).Reverse().Select(number => $"{names.Key} {number}"), "numbers count down");
            }

            world.Objects.Should().OnlyContain(thing => thing.Receptacles.Length == 1 || thing.Receptacles.Length == 2);
            world.Receptacles.Should().OnlyContain(receptacle => !receptacle.IsOpen);
        }

        double receptacles = worlds.Average(world => world.Receptacles.Length);
        double objects = worlds.Average(world => world.Objects.Length);
        output.WriteLine($"{receptacles:0.0} receptacles, {objects:0.0} objects on average");
        receptacles.Should().BeInRange(18, 32);
        objects.Should().BeInRange(25, 60);
        Share(worlds, world => world.Objects.Any(thing => thing.Conditions.HasFlag(HouseholdConditions.Cool))).Should().BeInRange(0.05, 0.9);
        Share(worlds, world => world.Objects.Any(thing => thing.Receptacles.Length > 1)).Should().BeInRange(0.2, 0.95);
        Share(worlds, world => world.Objects.Any(thing => !thing.Contents.IsEmpty)).Should().BeInRange(0.02, 0.6);
        Share(worlds, world => world.Receptacles.GroupBy(receptacle => receptacle.Location).Any(group => group.Count() > 1)).Should().BeInRange(0.2, 0.98);
        Share(worlds, world => world.Objects.Count(thing => thing.Type == world.Goal.ObjectType) > 1).Should().BeInRange(0.3, 0.98);
        Share(worlds, world => world.Objects.Any(thing => thing.Type == world.Goal.ObjectType && IsBehindADoor(world, thing))).Should().BeInRange(0.2, 0.9);
    }

    [Fact]
    public void A_thing_in_two_receptacles_never_does_the_task_by_itself()
    {
        foreach (HouseholdWorld world in Enumerable.Range(0, 400).Select(seed => Default.Generate(HouseholdTaskKind.PickAndPlace, seed)))
        {
            world.Objects.Where(thing => thing.Type == world.Goal.ObjectType).SelectMany(thing => thing.Receptacles)
                .Should().NotContain(name => name.StartsWith(world.Goal.TargetType + " "), world.Id);
        }
    }

    [Fact]
    public void Bad_options_and_arguments_are_refused()
    {
        FluentActions.Invoking(() => new HouseholdGenerator(new() { Split = (HouseholdSplit)9 })).Should().Throw<ArgumentOutOfRangeException>().WithMessage("This is no part of the generated worlds.*");
        FluentActions.Invoking(() => new HouseholdGenerator(new() { Weights = null! })).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new HouseholdGenerator(new() { Weights = Weigh(HouseholdTaskKind.PickAndPlace, -1) })).Should().Throw<ArgumentOutOfRangeException>().WithMessage("The weight of PickAndPlace *");
        FluentActions.Invoking(() => new HouseholdGenerator(new() { Weights = Weigh(HouseholdTaskKind.PickAndPlace, 1_000_001) })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new HouseholdGenerator(new() { Weights = Weigh((HouseholdTaskKind)17, 1) })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new HouseholdGenerator(new() { Weights = Weigh(HouseholdTaskKind.PickAndPlace, 0) })).Should().Throw<ArgumentException>().WithMessage("No kind of task has a weight above 0*");
        FluentActions.Invoking(() => Default.Generate((HouseholdTaskKind)17, 1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Default.GenerateMany(-1)).Should().Throw<ArgumentOutOfRangeException>();
        Default.GenerateMany(0).Should().BeEmpty();
        Default.GenerateMany(2, long.MaxValue).Select(world => world.Id[(world.Id.LastIndexOf('/') + 1)..]).Should().Equal($"{long.MaxValue}", $"{long.MinValue}");
    }

    private static Dictionary<HouseholdTaskKind, int> Weigh(HouseholdTaskKind kind, int weight) => new() { [kind] = weight };

    private static double Share(HouseholdWorld[] worlds, Func<HouseholdWorld, bool> condition) => worlds.Count(condition) / (double)worlds.Length;

    private static bool IsBehindADoor(HouseholdWorld world, HouseholdObject thing) =>
        thing.Receptacles.Any(name => world.Receptacles.Single(receptacle => receptacle.Name == name).IsOpenable);

    /// <summary>Everything about a world but its id.</summary>
    private static string Describe(HouseholdWorld world) => string.Join(
        '|',
        [
            world.Task,
            $"{world.Goal} {world.StartLocation}",
            .. world.Receptacles.Select(each => $"{each.Name} {each.Location} {each.IsOpenable}"),
            .. world.Objects.Select(each => $"{each.Name} {each.Traits} {each.Conditions} in {string.Join(',', each.Receptacles)} with {string.Join(',', each.Contents)}"),
            .. world.CanContain.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {string.Join(',', pair.Value.Order(StringComparer.Ordinal))}"),
        ]);
}
