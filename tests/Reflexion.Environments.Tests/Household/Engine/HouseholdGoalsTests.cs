using Reflexion.Environments;
using static Reflexion.Tests.SampleWorld;

namespace Reflexion.Tests;

public sealed class HouseholdGoalsTests
{
    private static readonly string[] TakeApple = ["go to countertop 1", "take apple 1 from countertop 1"];

    [Fact]
    public void An_object_in_its_place_wins_whoever_put_it_there() =>
        Wins(new(HouseholdTaskKind.PickAndPlace, "apple", "fridge")).Should().BeTrue();

    [Fact]
    public void Placing_wins_at_the_moment_of_placing() =>
        WinsAt(new(HouseholdTaskKind.PickAndPlace, "apple", "shelf"), [.. TakeApple, "go to shelf 1", "put apple 1 in/on shelf 1"]).Should().Be(4);

    [Theory]
    [InlineData(HouseholdTaskKind.CleanAndPlace, "sinkbasin 1", "clean")]
    [InlineData(HouseholdTaskKind.HeatAndPlace, "microwave 1", "heat")]
    [InlineData(HouseholdTaskKind.CoolAndPlace, "fridge 1", "cool")]
    public void A_treated_object_in_its_place_wins_and_an_untreated_one_does_not(HouseholdTaskKind kind, string tool, string verb)
    {
        HouseholdGoal goal = new(kind, "apple", "shelf");
        WinsAt(goal, [.. TakeApple, $"go to {tool}", $"{verb} apple 1 with {tool}", "go to shelf 1", "put apple 1 in/on shelf 1"]).Should().Be(6);
        WinsAt(goal, [.. TakeApple, "go to shelf 1", "put apple 1 in/on shelf 1"]).Should().BeNull();
    }

    [Fact]
    public void Heating_undoes_cooling() =>
        WinsAt(
            new(HouseholdTaskKind.CoolAndPlace, "apple", "shelf"),
            [.. TakeApple, "go to fridge 1", "cool apple 1 with fridge 1", "go to microwave 1", "heat apple 1 with microwave 1", "go to shelf 1", "put apple 1 in/on shelf 1"])
        .Should().BeNull();

    [Fact]
    public void What_was_cool_from_the_start_counts() => Wins(new(HouseholdTaskKind.CoolAndPlace, "apple", "fridge")).Should().BeTrue();

    [Fact]
    public void A_condition_counts_only_for_what_can_be_brought_into_it()
    {
        HouseholdObject stone = new("stone 1", "stone", HouseholdTraits.Pickupable) { Receptacles = ["shelf 1"], Conditions = HouseholdConditions.Cool };
        Wins(new(HouseholdTaskKind.CoolAndPlace, "stone", "shelf"), stone).Should().BeFalse();
        Wins(new(HouseholdTaskKind.CoolAndPlace, "stone", "shelf"), stone with { Traits = HouseholdTraits.Coolable }).Should().BeTrue();
    }

    [Fact]
    public void Two_objects_must_be_in_the_same_receptacle()
    {
        HouseholdGoal goal = new(HouseholdTaskKind.PickTwoAndPlace, "apple", "cabinet");
        string[] first = [.. TakeApple, "go to cabinet 1", "open cabinet 1", "open cabinet 2", "put apple 1 in/on cabinet 1"];
        string[] second = ["go to fridge 1", "open fridge 1", "take apple 2 from fridge 1", "go to cabinet 1"];
        WinsAt(goal, [.. first, .. second, "put apple 2 in/on cabinet 2"]).Should().BeNull();
        WinsAt(goal, [.. first, .. second, "put apple 2 in/on cabinet 1"]).Should().Be(11);
    }

    [Fact]
    public void Light_needs_the_object_in_hand_and_a_lamp_that_is_on_right_here()
    {
        HouseholdGoal goal = new(HouseholdTaskKind.LookInLight, "apple", "desklamp");
        WinsAt(goal, [.. TakeApple, "go to shelf 1", "use desklamp 1"]).Should().Be(4);
        WinsAt(goal, ["go to shelf 1", "use desklamp 1", .. TakeApple]).Should().BeNull();
        WinsAt(goal, ["go to shelf 1", "use desklamp 1", .. TakeApple, "go to shelf 1"]).Should().Be(5);
        WinsAt(goal with { ObjectType = "bowl" }, [.. TakeApple, "go to shelf 1", "use desklamp 1"]).Should().BeNull();
    }

    [Fact]
    public void A_goal_may_ask_for_a_slice()
    {
        HouseholdGoal goal = new(HouseholdTaskKind.PickAndPlace, "apple", "countertop") { RequiresSliced = true };
        WinsAt(goal, ["go to countertop 1", "take knife 1 from countertop 1", "slice apple 1 with knife 1"]).Should().Be(3);
    }

    [Fact]
    public void A_goal_may_ask_for_closed_doors()
    {
        HouseholdGoal goal = new(HouseholdTaskKind.PickAndPlace, "apple", "fridge") { RequiresAllClosed = true };
        HouseholdGame game = Play(Of(goal), "go to fridge 1");
        game.IsWon.Should().BeTrue();
        game.Step("open fridge 1");
        game.IsWon.Should().BeFalse();
        game.Step("close fridge 1");
        game.IsWon.Should().BeTrue();
    }

    [Fact]
    public void Kinds_have_the_names_of_the_files()
    {
        foreach (HouseholdTaskKind kind in HouseholdTaskKinds.All)
        {
            HouseholdTaskKinds.TryParse(HouseholdTaskKinds.NameOf(kind), out HouseholdTaskKind read).Should().BeTrue();
            read.Should().Be(kind);
        }

        HouseholdTaskKinds.NameOf(HouseholdTaskKind.LookInLight).Should().Be("look_at_obj_in_light");
        HouseholdTaskKinds.TryParse("juggle", out _).Should().BeFalse();
        HouseholdTaskKinds.TryParse(null, out _).Should().BeFalse();
        FluentActions.Invoking(() => HouseholdTaskKinds.NameOf((HouseholdTaskKind)6)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static bool Wins(HouseholdGoal goal, params HouseholdObject[] more) => new HouseholdGame(Of(goal, objects: [.. Objects, .. more])).IsWon;

    /// <summary>The first command, from 1, after which the game is won.</summary>
    private static int? WinsAt(HouseholdGoal goal, string[] commands)
    {
        // What is in its place from the start would win at once.
        HouseholdGame game = new(Of(goal, objects: Objects));
        game.IsWon.Should().BeFalse();
        for (int i = 0; i < commands.Length; i++)
        {
            game.Step(commands[i]).Should().NotBe("Nothing happens.", commands[i]);
            if (game.IsWon)
            {
                return i + 1;
            }
        }

        return null;
    }
}
