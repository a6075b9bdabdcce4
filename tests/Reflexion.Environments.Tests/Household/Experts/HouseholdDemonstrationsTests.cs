using System.Collections.Immutable;
using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class HouseholdDemonstrationsTests
{
    public static TheoryData<HouseholdTaskKind> Kinds => [.. HouseholdTaskKinds.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Examples_are_short_complete_and_about_different_things(HouseholdTaskKind kind)
    {
        foreach (HouseholdGrammar grammar in Enum.GetValues<HouseholdGrammar>())
        {
            ImmutableArray<HouseholdDemonstration> shown = HouseholdDemonstrations.For(kind, HouseholdDemonstrations.MaxCount, 3, new() { Grammar = grammar });
            shown.Should().HaveCount(HouseholdDemonstrations.MaxCount);
            shown.Select(each => each.WorldId).Should().OnlyHaveUniqueItems();
            shown.Select(each => each.WorldId.Split('-')[1]).Should().OnlyHaveUniqueItems("each is about another type of object");
            foreach (HouseholdDemonstration each in shown)
            {
                each.WorldId.Should().StartWith($"generated/demonstration/{HouseholdTaskKinds.NameOf(kind)}-");
                each.Kind.Should().Be(kind);
                each.Expert.Should().Be(HouseholdExpert.Explorer);
                each.IsWon.Should().BeTrue();
                each.Turns.Should().BeLessThanOrEqualTo(20);
                each.Steps[0].OpensStage.Should().BeTrue();
                each.Steps.Should().NotContain(step => step.Observation == "Nothing happens.");
                each.Steps.Should().OnlyContain(step => step.Thought.Length > 0 && step.Action.Length > 0);
                each.Steps.Any(step => step.Action.StartsWith("move ")).Should().Be(grammar == HouseholdGrammar.MoveTo && kind != HouseholdTaskKind.LookInLight);
            }
        }
    }

    [Fact]
    public void An_example_replays_in_its_world()
    {
        HouseholdDemonstration shown = HouseholdDemonstrations.For(HouseholdTaskKind.HeatAndPlace)[1];
        long seed = long.Parse(shown.WorldId[(shown.WorldId.LastIndexOf('/') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        seed.Should().Be(shown.Seed);
        var game = new HouseholdGame(new HouseholdGenerator(new() { Split = HouseholdSplit.Demonstration }).Generate(HouseholdTaskKind.HeatAndPlace, seed));
        game.InitialObservation.Should().Be(shown.InitialObservation);
        shown.Steps.Select(step => game.Step(step.Action)).Should().Equal(shown.Steps.Select(step => step.Observation));
        game.IsWon.Should().BeTrue();
    }

    [Fact]
    public void The_same_arguments_give_the_very_same_examples_and_another_seed_gives_others()
    {
        ImmutableArray<HouseholdDemonstration> shown = HouseholdDemonstrations.For(HouseholdTaskKind.CleanAndPlace, 2, 8);
        HouseholdDemonstrations.For(HouseholdTaskKind.CleanAndPlace, 2, 8).Should().Equal(shown);
        HouseholdDemonstrations.For(HouseholdTaskKind.CleanAndPlace, 3, 8).Take(2).Select(each => each.Render()).Should().Equal(shown.Select(each => each.Render()));
        HouseholdDemonstrations.For(HouseholdTaskKind.CleanAndPlace, 2, 9).Select(each => each.WorldId).Should().NotIntersectWith(shown.Select(each => each.WorldId));
        HouseholdDemonstrations.For(HouseholdTaskKind.CleanAndPlace, 0).Should().BeEmpty();
        HouseholdDemonstrations.For(HouseholdTaskKind.CleanAndPlace).Should().HaveCount(2);
    }

    [Fact]
    public void Many_seeds_do_not_fill_the_memory_for_ever()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            HouseholdDemonstrations.For(HouseholdTaskKind.PickAndPlace, 0, seed).Should().BeEmpty();
        }
    }

    [Fact]
    public void The_papers_form_has_thoughts_where_something_new_begins()
    {
        HouseholdDemonstration shown = Short() with
        {
            Steps = [new("First.", "go to shelf 1", "On the shelf 1, you see nothing.") { OpensStage = true }, new("Then.", "look", "You see.")],
        };
        shown.Turns.Should().Be(3);
        shown.Render().Should().Be("A room.\nYour task is to: act.\n> think: First.\nOK.\n> go to shelf 1\nOn the shelf 1, you see nothing.\n> look\nYou see.");
        shown.Render(HouseholdDemonstrationStyle.Papers).Should().Be(shown.Render());
    }

    [Fact]
    public void The_thought_action_form_is_that_of_the_ReAct_actor()
    {
        HouseholdDemonstration shown = Short() with { Steps = [new("First.", "go to shelf 1", "Seen."), new("Then.", "look", "You see.")] };
        shown.Render(HouseholdDemonstrationStyle.ThoughtAction).Should().Be(
            "Observation 0: A room.\nYour task is to: act.\nThought: First.\nAction: go to shelf 1\nObservation 1: Seen.\nThought: Then.\nAction: look\nObservation 2: You see.");
        FluentActions.Invoking(() => shown.Render((HouseholdDemonstrationStyle)7)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void The_planner_explains_each_command()
    {
        foreach (HouseholdWorld world in new HouseholdGenerator().GenerateMany(60))
        {
            HouseholdDemonstration shown = HouseholdDemonstrations.Plan(world, seed: 4);
            shown.Expert.Should().Be(HouseholdExpert.Planner);
            shown.IsWon.Should().BeTrue();
            shown.WorldId.Should().Be(world.Id);
            shown.Seed.Should().Be(4);
            shown.Steps.Select(step => step.Action).Should().Equal(HouseholdPlanner.Plan(new(world)).Commands);
            shown.Steps[0].Thought.Should().StartWith("My plan: ");
            shown.Steps.Should().OnlyContain(step => !step.Thought.Contains("stuck") && !step.Thought.Contains("  "));
        }
    }

    [Fact]
    public void The_planner_explains_slicing_lamps_and_doors()
    {
        HouseholdTraits food = HouseholdTraits.Pickupable | HouseholdTraits.Sliceable;
        HouseholdReceptacle[] room = [new("cabinet 1", "cabinet", 1) { IsOpenable = true }, new("shelf 1", "shelf", 2)];
        KeyValuePair<string, IEnumerable<string>>[] fits = [new("cabinet", ["apple", "knife"]), new("shelf", ["apple", "knife", "pen"])];
        HouseholdObject knife = new("knife 1", "knife", HouseholdTraits.Pickupable) { Receptacles = ["shelf 1"] };

        var slicing = new HouseholdWorld("w", "t", new(HouseholdTaskKind.PickAndPlace, "apple", "shelf") { RequiresSliced = true, RequiresAllClosed = true }, 3, room, [new("apple 1", "apple", food) { Receptacles = ["cabinet 1"] }, knife], fits);
        HouseholdDemonstration sliced = HouseholdDemonstrations.Plan(slicing, new() { Grammar = HouseholdGrammar.MoveTo });
        sliced.IsWon.Should().BeTrue();
        sliced.Steps.Select(step => step.Thought).Should().Contain("With a knife in my hand I slice the apple 1.").And.Contain("I close the cabinet 1 again.");

        HouseholdObject lamp = new("desklamp 1", "desklamp", HouseholdTraits.Toggleable) { Receptacles = ["cabinet 1"], Conditions = HouseholdConditions.Toggled };
        var looking = new HouseholdWorld("w", "t", new(HouseholdTaskKind.LookInLight, "knife", "desklamp"), 3, room, [knife, lamp], fits);
        HouseholdDemonstrations.Plan(looking).Steps[^1].Thought.Should().Be("I hold what I am to look at, and the desklamp is at the cabinet 1.");
    }

    [Fact]
    public void What_cannot_be_done_is_not_shown()
    {
        var world = new HouseholdWorld("w", "put a mug in shelf", new(HouseholdTaskKind.PickAndPlace, "mug", "shelf"), 2, [new("shelf 1", "shelf", 1)], [], []);
        HouseholdDemonstration planned = HouseholdDemonstrations.Plan(world);
        planned.IsWon.Should().BeFalse();
        planned.Steps.Should().BeEmpty();
        HouseholdDemonstration explored = HouseholdDemonstrations.Explore(world, maxSteps: 5);
        explored.IsWon.Should().BeFalse();
        explored.Steps.Should().HaveCount(5);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        FluentActions.Invoking(() => HouseholdDemonstrations.For((HouseholdTaskKind)9)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => HouseholdDemonstrations.For(HouseholdTaskKind.PickAndPlace, -1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => HouseholdDemonstrations.For(HouseholdTaskKind.PickAndPlace, HouseholdDemonstrations.MaxCount + 1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => HouseholdDemonstrations.Explore(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => HouseholdDemonstrations.Explore(new HouseholdGenerator().Generate(1), maxSteps: 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => HouseholdDemonstrations.Plan(null!)).Should().Throw<ArgumentNullException>();
    }

    private static HouseholdDemonstration Short() => new()
    {
        WorldId = "w",
        Kind = HouseholdTaskKind.PickAndPlace,
        Expert = HouseholdExpert.Planner,
        Seed = 0,
        InitialObservation = "A room.\nYour task is to: act.",
        IsWon = true,
    };
}
