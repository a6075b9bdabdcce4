using System.Collections.Immutable;
using Reflexion.Environments;
using Xunit.Abstractions;

namespace Reflexion.Tests;

public sealed class HouseholdPlannerTests(ITestOutputHelper output)
{
    private const HouseholdTraits Movable = HouseholdTraits.Pickupable;
    private const HouseholdTraits Dish = Movable | HouseholdTraits.Cleanable | HouseholdTraits.Heatable | HouseholdTraits.Coolable;

    private static readonly HouseholdReceptacle Shelf = new("shelf 1", "shelf", 1);
    private static readonly HouseholdReceptacle OtherShelf = new("shelf 2", "shelf", 2);
    private static readonly HouseholdReceptacle Cabinet = new("cabinet 1", "cabinet", 3) { IsOpenable = true };
    private static readonly HouseholdReceptacle Fridge = new("fridge 1", "fridge", 4) { IsOpenable = true };
    private static readonly HouseholdReceptacle Microwave = new("microwave 1", "microwave", 5) { IsOpenable = true };
    private static readonly HouseholdReceptacle Sink = new("sinkbasin 1", "sinkbasin", 6);

    [Fact]
    public void A_closed_receptacle_is_opened_before_things_are_taken_from_it() =>
        Plan(HouseholdTaskKind.PickAndPlace, "shelf", Mug("cabinet 1"))
            .Should().Equal("go to cabinet 1", "open cabinet 1", "take mug 1 from cabinet 1", "go to shelf 1", "put mug 1 in/on shelf 1");

    [Fact]
    public void A_closed_target_is_opened_but_a_tool_is_used_as_it_is() =>
        Plan(HouseholdTaskKind.HeatAndPlace, "cabinet", Mug("shelf 1"))
            .Should().Equal("go to shelf 1", "take mug 1 from shelf 1", "go to microwave 1", "heat mug 1 with microwave 1", "go to cabinet 1", "open cabinet 1", "put mug 1 in/on cabinet 1");

    [Fact]
    public void What_is_cool_already_is_not_cooled_again() =>
        Plan(HouseholdTaskKind.CoolAndPlace, "shelf", Mug("fridge 1") with { Conditions = HouseholdConditions.Cool })
            .Should().Equal("go to fridge 1", "open fridge 1", "take mug 1 from fridge 1", "go to shelf 1", "put mug 1 in/on shelf 1");

    [Fact]
    public void A_thing_in_two_receptacles_is_done_with_as_soon_as_it_is_clean() =>
        Plan(HouseholdTaskKind.CleanAndPlace, "shelf", Mug("shelf 1", "sinkbasin 1"))
            .Should().Equal("go to sinkbasin 1", "take mug 1 from sinkbasin 1", "clean mug 1 with sinkbasin 1");

    [Fact]
    public void Of_two_things_the_one_in_place_stays() =>
        Plan(HouseholdTaskKind.PickTwoAndPlace, "shelf", Mug("shelf 2"), Mug("sinkbasin 1") with { Name = "mug 2" })
            .Should().Equal("go to sinkbasin 1", "take mug 2 from sinkbasin 1", "go to shelf 2", "put mug 2 in/on shelf 2");

    [Fact]
    public void Two_things_go_to_the_same_receptacle() =>
        Plan(HouseholdTaskKind.PickTwoAndPlace, "shelf", Mug("shelf 2"), Mug("shelf 1") with { Name = "mug 2" })
            .Should().HaveCount(4).And.Contain(command => command.StartsWith("put "));

    [Fact]
    public void A_lamp_is_switched_on_where_it_stands_with_the_thing_in_hand() =>
        Plan(HouseholdTaskKind.LookInLight, "desklamp", Mug("cabinet 1"), Lamp("shelf 2"))
            .Should().Equal("go to cabinet 1", "open cabinet 1", "take mug 1 from cabinet 1", "go to shelf 2", "use desklamp 1");

    [Fact]
    public void A_lamp_that_is_on_needs_no_switch() =>
        Plan(HouseholdTaskKind.LookInLight, "desklamp", Mug("shelf 1"), Lamp("shelf 2") with { Conditions = HouseholdConditions.Toggled })
            .Should().Equal("go to shelf 1", "take mug 1 from shelf 1", "go to shelf 2");

    [Fact]
    public void The_newer_grammar_moves_things() =>
        HouseholdPlanner.Plan(new(World(HouseholdTaskKind.PickAndPlace, "shelf", Mug("sinkbasin 1")), new() { Grammar = HouseholdGrammar.MoveTo })).Commands
            .Should().EndWith("move mug 1 to shelf 1");

    [Fact]
    public void Hands_that_hold_something_else_are_freed_first()
    {
        var game = new HouseholdGame(World(HouseholdTaskKind.PickAndPlace, "shelf", Mug("cabinet 1"), Pen("sinkbasin 1")));
        game.Step("go to sinkbasin 1");
        game.Step("take pen 1 from sinkbasin 1");
        HouseholdPlan plan = HouseholdPlanner.Plan(game);
        plan.Commands.Should().Contain(command => command.StartsWith("put pen 1 in/on ")).And.HaveCount(6, "the pen goes where the mug is");
        game.IsWon.Should().BeFalse("planning leaves the game as it is");
        Play(game, plan).Should().BeTrue();
    }

    [Fact]
    public void A_sliced_thing_behind_closed_doors_is_possible_too()
    {
        HouseholdWorld world = World(
            new HouseholdGoal(HouseholdTaskKind.CoolAndPlace, "apple", "cabinet") { RequiresSliced = true, RequiresAllClosed = true },
            new("apple 1", "apple", Dish | HouseholdTraits.Sliceable) { Receptacles = ["fridge 1"] },
            new("knife 1", "knife", Movable) { Receptacles = ["shelf 1"] });
        var game = new HouseholdGame(world);
        HouseholdPlan plan = HouseholdPlanner.Plan(game);
        plan.Commands.Should().Contain("slice apple 1 with knife 1").And.EndWith("close cabinet 1");
        Play(game, plan).Should().BeTrue();
    }

    [Fact]
    public void A_game_that_is_won_needs_nothing()
    {
        HouseholdPlan plan = HouseholdPlanner.Plan(new(World(HouseholdTaskKind.PickAndPlace, "shelf", Mug("shelf 1"))));
        plan.IsSolvable.Should().BeTrue();
        plan.Commands.Should().BeEmpty();
    }

    [Fact]
    public void What_stands_in_the_way_is_said()
    {
        Obstacle(HouseholdTaskKind.PickAndPlace, "shelf", Pen("cabinet 1")).Should().Be("The room has no mug that the task could be done with.");
        Obstacle(HouseholdTaskKind.PickAndPlace, "shelf", Mug()).Should().Be("The mug 1 cannot be taken from anywhere.");
        Obstacle(HouseholdTaskKind.PickAndPlace, "shelf", Mug("cabinet 1") with { Traits = HouseholdTraits.None }).Should().Be("The mug 1 cannot be taken from anywhere.");
        Obstacle(HouseholdTaskKind.PickAndPlace, "desk", Mug("cabinet 1")).Should().Be("The room has no desk that takes the mug 1.");
        Obstacle(HouseholdTaskKind.LookInLight, "desklamp", Mug("cabinet 1")).Should().Be("The room has no desklamp to switch on.");
        Obstacle(HouseholdTaskKind.LookInLight, "desklamp", Mug("cabinet 1"), Lamp()).Should().Be("The room has no desklamp to switch on.");
        Obstacle(HouseholdTaskKind.CleanAndPlace, "shelf", Mug("cabinet 1") with { Traits = Movable }).Should().Be("The room has no mug that the task could be done with.");
        Obstacle(HouseholdTaskKind.PickTwoAndPlace, "shelf", Mug("cabinet 1")).Should().Be("The room has no mug that the task could be done with.");
        Obstacle(new HouseholdGoal(HouseholdTaskKind.PickAndPlace, "mug", "shelf") { RequiresSliced = true }, Mug("cabinet 1") with { Traits = Movable | HouseholdTraits.Sliceable }, Pen("shelf 1"))
            .Should().Be("The room has no mug that the task could be done with.");
    }

    [Fact]
    public void Without_a_tool_nothing_can_be_treated()
    {
        var world = new HouseholdWorld("w", "t", new(HouseholdTaskKind.HeatAndPlace, "mug", "shelf"), 9, [Shelf, Cabinet], [Mug("cabinet 1")], Fits());
        HouseholdPlanner.Plan(new(world)).Obstacle.Should().Be("Nothing in the room can heat the mug 1.");
    }

    [Fact]
    public void Hands_that_can_never_be_freed_are_an_obstacle()
    {
        HouseholdWorld world = World(HouseholdTaskKind.PickAndPlace, "shelf", Mug("cabinet 1"), new("anvil 1", "anvil", Movable) { Receptacles = ["shelf 1"] });
        var game = new HouseholdGame(world);
        game.Step("go to shelf 1");
        HouseholdPlanner.Plan(game).IsSolvable.Should().BeTrue();
        game.Step("take anvil 1 from shelf 1");
        HouseholdPlan plan = HouseholdPlanner.Plan(game);
        plan.IsSolvable.Should().BeFalse();
        plan.Commands.Should().BeEmpty();
        plan.Obstacle.Should().Be("The anvil 1 is in the hands, and nothing in the room takes it.");
    }

    [Fact]
    public void A_missing_game_is_refused() => FluentActions.Invoking(() => HouseholdPlanner.Plan(null!)).Should().Throw<ArgumentNullException>();

    [Fact]
    public void In_tiny_worlds_plans_are_found_wherever_there_are_any_and_are_the_shortest()
    {
        const int MaxStates = 3000;
        int solvable = 0;
        int unsolvable = 0;
        int longer = 0;
        for (int seed = 0; seed < 250; seed++)
        {
            SplitMix random = SplitMix.For(seed, 77);
            var game = new HouseholdGame(TinyWorld.Draw(random));
            for (int step = random.Below(12); step > 0; step--)
            {
                game.Step(random.Pick(game.AdmissibleCommands));
            }

            int? fewest = WholeSearch.FewestCommands(game, MaxStates);
            if (fewest == -1)
            {
                continue;
            }

            HouseholdPlan plan = HouseholdPlanner.Plan(game);
            plan.IsSolvable.Should().Be(fewest is not null, $"seed {seed}: {plan.Obstacle} {string.Join(", ", plan.Commands)}");
            if (fewest is null)
            {
                unsolvable++;
                continue;
            }

            solvable++;
            Play(game, plan).Should().BeTrue($"seed {seed}");
            int detour = plan.Commands.Length - fewest.Value;
            detour.Should().BeInRange(0, game.World.Goal is { RequiresSliced: false, RequiresAllClosed: false } ? 0 : 4, $"seed {seed}");
            longer += detour > 0 ? 1 : 0;
        }

        output.WriteLine($"{solvable} solvable, {unsolvable} unsolvable, {longer} plans longer than needed");
        solvable.Should().BeGreaterThan(40);
        unsolvable.Should().BeGreaterThan(40);
        longer.Should().BeLessThan(solvable / 20);
    }

    [Fact]
    public void From_any_state_that_random_play_reaches_a_generated_world_is_still_won()
    {
        var random = new SplitMix(21);
        foreach (HouseholdWorld world in new HouseholdGenerator().GenerateMany(300))
        {
            var game = new HouseholdGame(world);
            for (int step = 0; step < 60; step++)
            {
                game.Step(random.Pick(game.AdmissibleCommands));
            }

            HouseholdPlan plan = HouseholdPlanner.Plan(game);
            bool isStuck = plan.Obstacle?.Contains("nothing in the room takes it", StringComparison.Ordinal) ?? false;
            (isStuck || Play(game, plan)).Should().BeTrue($"{world.Id}: {plan.Obstacle}");
        }
    }

    [SharedFact("data/alfworld-games.jsonl")]
    public async Task The_games_of_the_papers_are_solved_no_slower_over_all_than_by_their_walkthroughs()
    {
        int saved = 0;
        IReadOnlyList<HouseholdWorld> worlds = await HouseholdWorlds.LoadAsync(SharedFolder.PathOf("data/alfworld-games.jsonl"));
        foreach (HouseholdWorld world in worlds)
        {
            HouseholdPlan plan = Solve(world);
            saved += world.Walkthrough.Length - plan.Commands.Length;
        }

        output.WriteLine($"{worlds.Count} games solved, {saved} commands fewer than the walkthroughs");
        worlds.Should().NotBeEmpty();
        saved.Should().BeGreaterThanOrEqualTo(0, "walkthroughs are about as short as can be, and plans are no longer over all");
    }

    [SharedFact("data/alfworld-official.zip")]
    public async Task Every_game_that_ALFWorld_calls_solvable_is_solved()
    {
        IReadOnlyList<HouseholdWorld> worlds = await HouseholdWorlds.LoadAsync(SharedFolder.PathOf("data/alfworld-official.zip"), new() { IncludeUnsolvable = true });
        foreach (HouseholdWorld world in worlds.Where(world => world.IsSolvable))
        {
            Solve(world);
        }

        HouseholdPlan[] others = [.. worlds.Where(world => !world.IsSolvable).Select(world => HouseholdPlanner.Plan(new(world)))];
        output.WriteLine($"{worlds.Count - others.Length} games solved; of {others.Length} that are not called solvable {others.Count(plan => plan.IsSolvable)} have a plan");
        foreach (var group in others.Where(plan => !plan.IsSolvable).CountBy(plan => plan.Obstacle!))
        {
            output.WriteLine($"{group.Value}: {group.Key}");
        }

        worlds.Should().Contain(world => world.IsSolvable);
    }

    private static HouseholdPlan Solve(HouseholdWorld world)
    {
        var game = new HouseholdGame(world);
        HouseholdPlan plan = HouseholdPlanner.Plan(game);
        plan.IsSolvable.Should().BeTrue($"{world.Id}: {plan.Obstacle}");
        Play(game, plan).Should().BeTrue(world.Id);
        return plan;
    }

    private static bool Play(HouseholdGame game, HouseholdPlan plan)
    {
        foreach (string command in plan.Commands)
        {
            game.Step(command).Should().NotBe("Nothing happens.", command);
        }

        return game.IsWon;
    }

    private static ImmutableArray<string> Plan(HouseholdTaskKind kind, string target, params HouseholdObject[] objects)
    {
        var game = new HouseholdGame(World(kind, target, objects));
        HouseholdPlan plan = HouseholdPlanner.Plan(game);
        Play(game, plan).Should().BeTrue();
        return plan.Commands;
    }

    private static string? Obstacle(HouseholdTaskKind kind, string target, params HouseholdObject[] objects) => HouseholdPlanner.Plan(new(World(kind, target, objects))).Obstacle;

    private static string? Obstacle(HouseholdGoal goal, params HouseholdObject[] objects) => HouseholdPlanner.Plan(new(World(goal, objects))).Obstacle;

    private static HouseholdWorld World(HouseholdTaskKind kind, string target, params HouseholdObject[] objects) => World(new(kind, "mug", target), objects);

    private static HouseholdWorld World(HouseholdGoal goal, params HouseholdObject[] objects) =>
        new("world", "do it", goal, 9, [Cabinet, Fridge, Microwave, Shelf, OtherShelf, Sink], objects, Fits());

    private static IEnumerable<KeyValuePair<string, IEnumerable<string>>> Fits() =>
        from type in (string[])["cabinet", "fridge", "microwave", "shelf", "sinkbasin", "desk"]
        select KeyValuePair.Create(type, (IEnumerable<string>)["mug", "pen", "apple", "knife"]);

    private static HouseholdObject Mug(params string[] places) => new("mug 1", "mug", Dish) { Receptacles = [.. places] };

    private static HouseholdObject Pen(params string[] places) => new("pen 1", "pen", Movable) { Receptacles = [.. places] };

    private static HouseholdObject Lamp(params string[] places) => new("desklamp 1", "desklamp", HouseholdTraits.Toggleable) { Receptacles = [.. places] };
}
