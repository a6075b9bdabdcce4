using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>The tables that worlds are drawn from.</summary>
public sealed class RoomCatalogueTests
{
    public static TheoryData<string> Rooms => [.. Enum.GetNames<RoomKind>()];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Types_stand_in_the_order_in_which_observations_list_them(string name)
    {
        RoomCatalogue room = RoomNamed(name);
        room.Kind.ToString().Should().Be(name);
        room.Receptacles.Select(entry => entry.Type).Should().BeInAscendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems();
        room.Objects.Select(entry => entry.Type).Should().BeInAscendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Every_place_is_in_the_room_and_takes_what_lies_there(string name)
    {
        RoomCatalogue room = RoomNamed(name);
        string[] unplaceable = ["papertowelroll"];
        foreach (ObjectEntry entry in room.Objects)
        {
            foreach (Place place in entry.Places)
            {
                room.Receptacle(place.ReceptacleType).Should().NotBeNull($"{entry.Type} lies in {place.ReceptacleType}");
                place.Weight.Should().BePositive();
                if (entry.Has(HouseholdTraits.Pickupable) && !unplaceable.Contains(entry.Type))
                {
                    FitCatalogue.MayHold(place.ReceptacleType, entry.Type).Should().BeTrue($"{entry.Type} lies in {place.ReceptacleType}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Every_part_has_floor_plans_for_every_task(string name)
    {
        var random = new SplitMix(1);
        RoomCatalogue room = RoomNamed(name);
        IEnumerable<Errand> errands = HouseholdTaskKinds.All.SelectMany(ErrandCatalogue.All).Where(errand => errand.Room == room);
        string[] targets = [.. errands.Select(errand => errand.Target).Where(target => target != "desklamp").Distinct()];
        targets.Should().NotBeEmpty();
        foreach (string target in targets)
        {
            foreach (HouseholdSplit split in Enum.GetValues<HouseholdSplit>())
            {
                RoomPlan plan = RoomPlan.Draw(room, [target], split, random);
                plan.Split.Should().Be(split);
                plan.Counts[room.Receptacles.IndexOf(room.Receptacle(target)!)].Should().BePositive();
            }
        }
    }

    [Fact]
    public void Nothing_is_known_of_unknown_furniture()
    {
        FitCatalogue.MayHold("throne", "mug").Should().BeFalse();
        RoomCatalogue.Of(RoomKind.Kitchen).Receptacle("throne").Should().BeNull();
    }

    [Fact]
    public void Tasks_are_possible_and_not_trivial()
    {
        foreach (HouseholdTaskKind kind in HouseholdTaskKinds.All)
        {
            Errand[] errands = [.. ErrandCatalogue.All(kind)];
            errands.Should().NotBeEmpty();
            errands.Should().OnlyContain(errand => errand.Thing.Has(HouseholdTraits.Pickupable) && errand.Kind == kind && !errand.Sources.IsEmpty);
            errands.Should().NotContain(errand => errand.IsDoneByPlace && errand.Sources.Any(place => place.ReceptacleType == errand.Target));
        }

        ErrandCatalogue.All(HouseholdTaskKind.HeatAndPlace).Should().OnlyContain(errand => errand.Target != "microwave" && errand.Room.Kind == RoomKind.Kitchen);
        ErrandCatalogue.All(HouseholdTaskKind.CoolAndPlace).Should().OnlyContain(errand => errand.Target != "fridge");
        ErrandCatalogue.All(HouseholdTaskKind.CleanAndPlace).Should().OnlyContain(errand => errand.Target != "sinkbasin");
        ErrandCatalogue.All(HouseholdTaskKind.LookInLight).Should().OnlyContain(errand => errand.Target == "desklamp");
    }

    [Theory]
    [InlineData(HouseholdTaskKind.PickAndPlace, "put a egg in fridge", "put some egg on fridge")]
    [InlineData(HouseholdTaskKind.LookInLight, "look at egg under the fridge", "examine the egg with the fridge")]
    [InlineData(HouseholdTaskKind.CleanAndPlace, "put a clean egg in fridge", "clean some egg and put it in fridge")]
    [InlineData(HouseholdTaskKind.HeatAndPlace, "put a hot egg in fridge", "heat some egg and put it in fridge")]
    [InlineData(HouseholdTaskKind.CoolAndPlace, "put a cool egg in fridge", "cool some egg and put it in fridge")]
    [InlineData(HouseholdTaskKind.PickTwoAndPlace, "put two egg in fridge", "find two egg and put them in fridge")]
    public void Tasks_are_worded_as_in_ALFWorld(HouseholdTaskKind kind, string one, string other)
    {
        RoomCatalogue kitchen = RoomCatalogue.Of(RoomKind.Kitchen);
        var errand = new Errand(kind, kitchen, kitchen.Objects.Single(entry => entry.Type == "egg"), "fridge");
        errand.Words(0).Should().Be(one);
        errand.Words(1).Should().Be(other);
    }

    private static RoomCatalogue RoomNamed(string name) => RoomCatalogue.Of(Enum.Parse<RoomKind>(name));
}
