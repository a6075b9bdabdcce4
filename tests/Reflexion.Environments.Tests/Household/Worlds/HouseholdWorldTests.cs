using Reflexion.Environments;
using static Reflexion.Tests.SampleWorld;

namespace Reflexion.Tests;

public sealed class HouseholdWorldTests
{
    private static readonly HouseholdGoal Goal = new(HouseholdTaskKind.PickAndPlace, "apple", "shelf");

    public static TheoryData<string, Func<HouseholdWorld>> Unsound => new()
    {
        { "The task must be one line.", () => new("w", "put\nit", Goal, 1, Receptacles, Objects, []) },
        { "The goal's kind is 9, which is no kind of task.", () => Of(Goal with { Kind = (HouseholdTaskKind)9 }) },
        { "The goal's object type 'a b' is not a word of letters and digits.", () => Of(Goal with { ObjectType = "a b" }) },
        { "The goal's target type '' is not a word of letters and digits.", () => Of(Goal with { TargetType = "" }) },
        { "A world needs at least one receptacle.", () => new("w", "task", Goal, 1, [], [], []) },
        { "A receptacle is null.", () => new("w", "task", Goal, 1, [null!], [], []) },
        { "An object is null.", () => new("w", "task", Goal, 1, Receptacles, [null!], []) },
        { "'cabinet one' is no name; a name is a word of letters and digits, a space and a number from 1, as in 'mug 2'.", () => With(new HouseholdReceptacle("cabinet one", "cabinet", 20)) },
        { "'cabinet ' is no name; a name is a word of letters and digits, a space and a number from 1, as in 'mug 2'.", () => With(new HouseholdReceptacle("cabinet ", "cabinet", 20)) },
        { "'cabinet 0' is no name; a name is a word of letters and digits, a space and a number from 1, as in 'mug 2'.", () => With(new HouseholdReceptacle("cabinet 0", "cabinet", 20)) },
        { "'' is no name; a name is a word of letters and digits, a space and a number from 1, as in 'mug 2'.", () => With(new HouseholdReceptacle(null!, "cabinet", 20)) },
        { "The type 'old desk' of 'desk 1' is not a word of letters and digits.", () => With(new HouseholdReceptacle("desk 1", "old desk", 20)) },
        { "The name 'shelf 1' is given twice; commands could not tell the two apart.", () => With(new HouseholdReceptacle("shelf 1", "shelf", 20)) },
        { "The name 'shelf 1' is given twice; commands could not tell the two apart.", () => With(new HouseholdObject("shelf 1", "shelf", 0)) },
        { "desk 1 is at location 0; locations are numbered from 1.", () => With(new HouseholdReceptacle("desk 1", "desk", 0)) },
        { "'desk 1' is at location 1, where the agent starts; a game starts away from all receptacles.", () => With(new HouseholdReceptacle("desk 1", "desk", 1)) },
        { "'desk 1' is open at the start, but it is not openable.", () => With(new HouseholdReceptacle("desk 1", "desk", 20) { IsOpen = true }) },
        { "The agent is at location 0; locations are numbered from 1.", () => new("w", "task", Goal, 0, Receptacles, Objects, []) },
        { "'cup 1' is in 'bath 1', but the world has no receptacle of that name.", () => With(new HouseholdObject("cup 1", "cup", 0) { Receptacles = ["bath 1"] }) },
        { "'cup 1' is in 'shelf 1' twice.", () => With(new HouseholdObject("cup 1", "cup", 0) { Receptacles = ["shelf 1", "shelf 1"] }) },
        { "'cup 1' is at location -1; locations are numbered from 1.", () => With(new HouseholdObject("cup 1", "cup", 0) { Locations = [-1] }) },
        { "'cup 1' holds 'pea 1', but the world has no object of that name.", () => With(new HouseholdObject("cup 1", "cup", 0) { Contents = ["pea 1"] }) },
    };

    [Theory]
    [MemberData(nameof(Unsound))]
    public void A_world_that_does_not_fit_together_is_refused(string problem, Func<HouseholdWorld> make) =>
        make.Should().Throw<ArgumentException>().WithMessage(problem);

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Id_and_task_are_never_blank(string? blank)
    {
        FluentActions.Invoking(() => new HouseholdWorld(blank!, "task", Goal, 1, Receptacles, [], [])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new HouseholdWorld("id", blank!, Goal, 1, Receptacles, [], [])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_world_tells_what_it_was_made_of()
    {
        HouseholdWorld world = Of(Goal);

        world.Receptacles.Should().Equal(Receptacles);
        world.Objects.Should().Equal(Objects);
        world.CanContain["shelf"].Should().BeEquivalentTo(Types);
        (world.Id, world.Task, world.StartLocation, world.IsSolvable, world.Index).Should().Be(("sample", "put a clean apple in cabinet", 1, true, null));
        world.Walkthrough.Should().BeEmpty();
    }

    [Fact]
    public void What_is_not_said_to_fit_cannot_be_put()
    {
        var world = new HouseholdWorld("w", "task", Goal, 1, Receptacles, Objects, [KeyValuePair.Create<string, IEnumerable<string>>("shelf", ["knife"])]);
        HouseholdGame game = Play(world, "go to countertop 1", "take apple 1 from countertop 1");

        game.Step("put apple 1 in/on countertop 1").Should().Be("Nothing happens.");
        game.Step("go to shelf 1");
        game.Step("put apple 1 in/on shelf 1").Should().Be("Nothing happens.");
    }

    [Fact]
    public void A_world_may_hold_more_objects_than_a_word_has_bits()
    {
        HouseholdObject[] pens = [.. Enumerable.Range(1, 150).Reverse().Select(number => new HouseholdObject($"pen {number}", "pen", HouseholdTraits.Pickupable) { Receptacles = ["shelf 1"] })];
        var world = new HouseholdWorld("w", "task", new(HouseholdTaskKind.PickTwoAndPlace, "pen", "countertop"), 1, Receptacles, pens, Everything(["pen"]));
        HouseholdGame game = Play(
            world, "go to shelf 1", "take pen 1 from shelf 1", "go to countertop 1", "put pen 1 in/on countertop 1", "go to shelf 1", "take pen 150 from shelf 1", "go to countertop 1");
        game.IsWon.Should().BeFalse();

        game.Step("put pen 150 in/on countertop 1").Should().Be("You put the pen 150 in/on the countertop 1.");

        game.IsWon.Should().BeTrue();
        game.Step("examine countertop 1").Should().Be("On the countertop 1, you see a pen 150, and a pen 1.");
    }

    private static HouseholdWorld With(HouseholdReceptacle receptacle) => new("w", "task", Goal, 1, [.. Receptacles, receptacle], Objects, []);

    private static HouseholdWorld With(HouseholdObject thing) => new("w", "task", Goal, 1, Receptacles, [.. Objects, thing], []);
}
