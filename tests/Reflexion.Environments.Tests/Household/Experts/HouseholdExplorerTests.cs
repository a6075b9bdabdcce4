using System.Collections.Immutable;
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using Reflexion.Environments;
using Xunit.Abstractions;

namespace Reflexion.Tests;

public sealed class HouseholdExplorerTests(ITestOutputHelper output)
{
    private const string Kitchen = "You are in the middle of a room. Looking quickly around you, you see a cabinet 2, a cabinet 1, a fridge 1, a microwave 1, and a stoveburner 1.\nYour task is to: ";
    private const string Nothing = "Nothing happens.";

    private static readonly HouseholdWorld[] Unseen = [.. new HouseholdGenerator(new() { Split = HouseholdSplit.Test }).GenerateMany(400)];

    [Fact]
    public void It_finds_heats_and_places()
    {
        var explorer = new HouseholdExplorer();
        explorer.Next(Kitchen + "put a hot egg in cabinet.").Action.Should().Be("go to fridge 1");
        explorer.Next("The fridge 1 is closed.").Action.Should().Be("open fridge 1");
        explorer.Next("You open the fridge 1. The fridge 1 is open. In it, you see a apple 1, and a egg 2.").Action.Should().Be("take egg 2 from fridge 1");
        explorer.Next("You pick up the egg 2 from the fridge 1.").Action.Should().Be("go to microwave 1");
        explorer.Next("The microwave 1 is closed.").Action.Should().Be("heat egg 2 with microwave 1");
        explorer.Next("You heat the egg 2 using the microwave 1.").Action.Should().Be("go to cabinet 2");
        explorer.Next("The cabinet 2 is closed.").Action.Should().Be("open cabinet 2");
        explorer.Next("You open the cabinet 2. The cabinet 2 is open. In it, you see nothing.").Action.Should().Be("put egg 2 in/on cabinet 2");
    }

    [Fact]
    public void Every_move_has_a_thought_and_the_first_one_a_plan()
    {
        var explorer = new HouseholdExplorer();
        HouseholdMove first = explorer.Next(Kitchen + "cool some egg and put it in cabinet.");
        first.OpensStage.Should().BeTrue();
        first.Thought.Should().StartWith("My plan: find an egg, cool it with the fridge, then bring it to the cabinet. ").And.Contain("fridge 1");
        HouseholdMove second = explorer.Next("The fridge 1 is closed.");
        second.OpensStage.Should().BeFalse();
        second.Thought.Should().Contain("fridge 1").And.NotContain("My plan");
        HouseholdMove third = explorer.Next("You open the fridge 1. The fridge 1 is open. In it, you see a egg 1.");
        third.OpensStage.Should().BeTrue();
        third.Thought.Should().Contain("egg 1");
    }

    [Theory]
    [InlineData("put a clean mug in cabinet.", HouseholdTaskKind.CleanAndPlace, "mug", "cabinet")]
    [InlineData("clean some mug and put it in cabinet.", HouseholdTaskKind.CleanAndPlace, "mug", "cabinet")]
    [InlineData("put a hot mug in cabinet", HouseholdTaskKind.HeatAndPlace, "mug", "cabinet")]
    [InlineData("heat some mug and put it in cabinet.", HouseholdTaskKind.HeatAndPlace, "mug", "cabinet")]
    [InlineData("put a cool mug in cabinet.", HouseholdTaskKind.CoolAndPlace, "mug", "cabinet")]
    [InlineData("cool some mug and put it in cabinet.", HouseholdTaskKind.CoolAndPlace, "mug", "cabinet")]
    [InlineData("put a mug in cabinet.", HouseholdTaskKind.PickAndPlace, "mug", "cabinet")]
    [InlineData("put some mug on cabinet.", HouseholdTaskKind.PickAndPlace, "mug", "cabinet")]
    [InlineData("find some mug and put it in cabinet.", HouseholdTaskKind.PickAndPlace, "mug", "cabinet")]
    [InlineData("put two mug in cabinet.", HouseholdTaskKind.PickTwoAndPlace, "mug", "cabinet")]
    [InlineData("find two mug and put them in cabinet.", HouseholdTaskKind.PickTwoAndPlace, "mug", "cabinet")]
    [InlineData("look at mug under the desklamp.", HouseholdTaskKind.LookInLight, "mug", "desklamp")]
    [InlineData("examine the mug with the desklamp.", HouseholdTaskKind.LookInLight, "mug", "desklamp")]
    public void Tasks_are_read_from_their_words(string words, HouseholdTaskKind kind, string thing, string target)
    {
        HouseholdRequest.TryRead(Kitchen + words, out HouseholdRequest? request).Should().BeTrue();
        request.Should().Be(new HouseholdRequest(kind, thing, target));
    }

    [Fact]
    public void A_room_or_a_task_that_cannot_be_read_is_refused()
    {
        FluentActions.Invoking(() => new HouseholdExplorer().Next("Looking quickly around you, you see a shelf 1.\nYour task is to: dance.")).Should().Throw<ArgumentException>().WithMessage("The first observation holds no task that can be understood*");
        FluentActions.Invoking(() => new HouseholdExplorer().Next("Your task is to: put a mug in shelf.")).Should().Throw<ArgumentException>().WithMessage("The first observation names nothing that is in the room*");
        FluentActions.Invoking(() => new HouseholdExplorer().Next(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new HouseholdExplorer(new() { SlipRate = 1.01 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new HouseholdExplorer(new() { SlipRate = double.NaN })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new HouseholdExplorer(new() { Grammar = (HouseholdGrammar)5 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new HouseholdExplorer().Know(" ", "shelf 1")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new HouseholdExplorer().Know("mug 1", "")).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_hint_sends_it_there_first_and_a_wrong_one_costs_only_the_detour()
    {
        var explorer = new HouseholdExplorer();
        explorer.Know("egg 3", "cabinet 1");
        explorer.Next(Kitchen + "put a egg in microwave.").Action.Should().Be("go to cabinet 1");
        explorer.Next("The cabinet 1 is closed.").Action.Should().Be("open cabinet 1");
        explorer.Know("egg 1", "stoveburner 1");
        explorer.Next("You open the cabinet 1. The cabinet 1 is open. In it, you see nothing.").Action.Should().Be("go to stoveburner 1");
        explorer.Next("On the stoveburner 1, you see nothing.").Action.Should().Be("go to fridge 1");
    }

    [Fact]
    public void Where_one_cannot_go_one_is_already()
    {
        var explorer = new HouseholdExplorer();
        explorer.Next("Looking quickly around you, you see a countertop 1, a sinkbasin 1, and a stoveburner 1.\nYour task is to: put some pan on sinkbasin.").Action.Should().Be("go to stoveburner 1");
        explorer.Next("On the stoveburner 1, you see nothing.").Action.Should().Be("go to countertop 1");
        explorer.Next(Nothing).Should().BeEquivalentTo(new { Action = "examine countertop 1" });
        explorer.Next("On the countertop 1, you see a pan 1.").Action.Should().Be("take pan 1 from countertop 1");
    }

    [Fact]
    public void What_is_gone_is_looked_for_elsewhere_after_a_look_into_the_hands()
    {
        var explorer = new HouseholdExplorer();
        explorer.Next(Kitchen + "put a egg in microwave.").Action.Should().Be("go to fridge 1");
        explorer.Next("The fridge 1 is open. In it, you see a egg 1.").Action.Should().Be("take egg 1 from fridge 1");
        explorer.Next(Nothing).Action.Should().Be("inventory");
        explorer.Next("You are carrying: a mug 1.").Action.Should().Be("go to cabinet 2", "mugs belong there");
        explorer.Next("The cabinet 2 is closed.").Action.Should().Be("open cabinet 2");
        explorer.Next("You open the cabinet 2. The cabinet 2 is open. In it, you see nothing.").Action.Should().Be("put mug 1 in/on cabinet 2");
        explorer.Next("You put the mug 1 in/on the cabinet 2.").Action.Should().Be("go to microwave 1");
    }

    [Fact]
    public void A_tool_that_does_not_work_is_left_for_another_and_so_is_a_place()
    {
        var explorer = new HouseholdExplorer(new() { Grammar = HouseholdGrammar.PutInOrOn });
        explorer.Next("Looking quickly around you, you see a countertop 1, a shelf 2, a shelf 1, a sinkbasin 2, and a sinkbasin 1.\nYour task is to: put a clean mug in shelf.").Action.Should().Be("go to countertop 1");
        explorer.Next("On the countertop 1, you see a mug 1.");
        explorer.Next("You pick up the mug 1 from the countertop 1.").Action.Should().Be("go to sinkbasin 2");
        explorer.Next("On the sinkbasin 2, you see nothing.").Action.Should().Be("clean mug 1 with sinkbasin 2");
        explorer.Next(Nothing).Action.Should().Be("inventory");
        explorer.Next("You are carrying: a mug 1.").Action.Should().Be("go to sinkbasin 1");
        explorer.Next("On the sinkbasin 1, you see nothing.").Action.Should().Be("clean mug 1 with sinkbasin 1");
        explorer.Next("You clean the mug 1 using the sinkbasin 1.").Action.Should().Be("go to shelf 2");
        explorer.Next("On the shelf 2, you see nothing.").Action.Should().Be("put mug 1 in/on shelf 2");
        explorer.Next(Nothing).Action.Should().Be("inventory");
        explorer.Next("You are carrying: a mug 1.").Action.Should().Be("go to shelf 1");
    }

    [Fact]
    public void A_lamp_that_is_not_there_any_more_is_looked_for_elsewhere()
    {
        var explorer = new HouseholdExplorer();
        explorer.Next("Looking quickly around you, you see a bed 1, a desk 2, and a desk 1.\nYour task is to: look at pillow under the desklamp.").Action.Should().Be("go to bed 1");
        explorer.Next("On the bed 1, you see nothing.").Action.Should().Be("go to desk 2");
        explorer.Next("On the desk 2, you see a desklamp 1, and a pillow 1.").Action.Should().Be("take pillow 1 from desk 2");
        explorer.Next("You pick up the pillow 1 from the desk 2.").Action.Should().Be("use desklamp 1");
        explorer.Next(Nothing).Action.Should().Be("go to desk 1");
    }

    [Fact]
    public void The_second_thing_is_brought_to_the_first_though_there_is_one_in_another_target_too()
    {
        var explorer = new HouseholdExplorer();
        explorer.Next("Looking quickly around you, you see a desk 2, a desk 1, and a shelf 1.\nYour task is to: put two pen in desk.").Action.Should().Be("go to shelf 1");
        explorer.Next("On the shelf 1, you see a pen 1.").Action.Should().Be("take pen 1 from shelf 1");
        explorer.Next("You pick up the pen 1 from the shelf 1.").Action.Should().Be("go to desk 2");
        explorer.Next("On the desk 2, you see nothing.").Action.Should().Be("put pen 1 in/on desk 2");
        explorer.Next("You put the pen 1 in/on the desk 2.").Action.Should().Be("go to desk 1");
        explorer.Next("On the desk 1, you see a pen 2.").Action.Should().Be("take pen 2 from desk 1");
        explorer.Next("You pick up the pen 2 from the desk 1.").Action.Should().Be("go to desk 2");
        explorer.Next("On the desk 2, you see a pen 1.").Action.Should().Be("put pen 2 in/on desk 2");
    }

    [Fact]
    public void Without_slips_it_does_not_go_in_circles()
    {
        foreach (HouseholdWorld world in Unseen)
        {
            HouseholdDemonstration played = HouseholdDemonstrations.Explore(world, maxSteps: 100);
            played.IsWon.Should().BeTrue(world.Id);
            played.Steps.CountBy(step => step.Action).Max(pair => pair.Value).Should().BeLessThanOrEqualTo(4, world.Id);
        }
    }

    [Fact]
    public void Names_without_a_number_are_read_too()
    {
        var explorer = new HouseholdExplorer();
        explorer.Next("Looking quickly around you, you see a fridge, and a shelf 1.\nYour task is to: put a egg in shelf.").Action.Should().Be("go to fridge");
        explorer.Next("The fridge is closed.").Action.Should().Be("open fridge");
        explorer.Next("You open the fridge. The fridge is open. In it, you see a egg.").Action.Should().Be("take egg from fridge");
        explorer.Next("You pick up the egg from the fridge.").Action.Should().Be("go to shelf 1");
    }

    [Fact]
    public void When_all_was_searched_in_vain_it_starts_again()
    {
        var explorer = new HouseholdExplorer();
        explorer.Next("Looking quickly around you, you see a shelf 2, and a shelf 1.\nYour task is to: put a mug in bed.").Action.Should().Be("go to shelf 2");
        explorer.Next("On the shelf 2, you see nothing.").Action.Should().Be("go to shelf 1");
        explorer.Next("On the shelf 1, you see nothing.").Action.Should().Be("look");
        explorer.Next("You are facing the shelf 1. Next to it, you see nothing.").Action.Should().BeOneOf("go to shelf 2", "examine shelf 1");
    }

    [Fact]
    public void The_newer_grammar_is_found_out_by_the_admissible_commands_by_arriving_or_by_trying()
    {
        const string Start = "Looking quickly around you, you see a fridge 1, and a shelf 1.\nYour task is to: put a egg in shelf.";
        var told = new HouseholdExplorer();
        told.Next(Start, ["go to fridge 1", "help"]);
        Bring(told, "").Should().Be("move egg 1 to shelf 1");

        Bring(new HouseholdExplorer(), "You arrive at shelf 1. ", Start).Should().Be("move egg 1 to shelf 1");
        Bring(new HouseholdExplorer(), "You arrive at loc 2. ", Start).Should().Be("put egg 1 in/on shelf 1");

        var tries = new HouseholdExplorer();
        Bring(tries, "", Start).Should().Be("put egg 1 in/on shelf 1");
        tries.Next(Nothing).Action.Should().Be("move egg 1 to shelf 1");

        static string Bring(HouseholdExplorer explorer, string arrival, string? start = null)
        {
            if (start is not null)
            {
                explorer.Next(start);
            }

            explorer.Next("The fridge 1 is open. In it, you see a egg 1.");
            explorer.Next("You pick up the egg 1 from the fridge 1.");
            return explorer.Next($"{arrival}On the shelf 1, you see nothing.").Action;
        }
    }

    [Fact]
    public void With_admissible_commands_it_tries_nothing_in_vain()
    {
        foreach (HouseholdWorld world in Unseen.Take(100))
        {
            var game = new HouseholdGame(world);
            var explorer = new HouseholdExplorer();
            string seen = game.InitialObservation;
            for (int step = 0; step < 49 && !game.IsWon; step++)
            {
                seen = game.Step(explorer.Next(seen, game.AdmissibleCommands).Action);
                seen.Should().NotBe(Nothing, world.Id);
            }
        }
    }

    [Fact]
    public async Task A_list_of_commands_below_the_observations_does_not_mislead_it()
    {
        foreach (HouseholdWorld world in Unseen.Take(30))
        {
            var plain = new HouseholdExplorer();
            var listed = new HouseholdExplorer();
            await using var quiet = new HouseholdEnvironment(world);
            await using var loud = new HouseholdEnvironment(world, new() { CommandList = HouseholdCommandList.Always });
            var task = new AgentTask(world.Id, world.Task);
            Observation seen = await quiet.ResetAsync(task, default);
            Observation seenWithList = await loud.ResetAsync(task, default);
            for (int step = 0; step < 30 && !seen.IsTerminal; step++)
            {
                HouseholdMove move = plain.Next(seen.Text);
                listed.Next(seenWithList.Text).Should().Be(move);
                seen = await quiet.StepAsync(new AgentAction(move.Action), default);
                seenWithList = await loud.StepAsync(new AgentAction(move.Action), default);
            }
        }
    }

    [Theory]
    [InlineData(HouseholdGrammar.PutInOrOn, HouseholdWording.Papers)]
    [InlineData(HouseholdGrammar.PutInOrOn, HouseholdWording.Engine)]
    [InlineData(HouseholdGrammar.MoveTo, HouseholdWording.Papers)]
    [InlineData(HouseholdGrammar.MoveTo, HouseholdWording.Engine)]
    public void It_solves_most_unseen_worlds_in_every_wording(HouseholdGrammar grammar, HouseholdWording wording)
    {
        var game = new HouseholdGameOptions { Grammar = grammar, Wording = wording };
        HouseholdDemonstration[] played = [.. Unseen.Select((world, seed) => HouseholdDemonstrations.Explore(world, new() { Seed = seed }, game))];
        (double within30, double within49) = Report($"generated, {grammar}, {wording}", played);
        within30.Should().BeGreaterThan(0.9);
        within49.Should().BeGreaterThan(0.96);
    }

    [SharedFact("data/alfworld-games.jsonl")]
    public async Task It_solves_most_games_of_the_papers()
    {
        IReadOnlyList<HouseholdWorld> worlds = await HouseholdWorlds.LoadAsync(SharedFolder.PathOf("data/alfworld-games.jsonl"));
        (double within30, double within49) = Report("the papers' games", [.. worlds.Select((world, seed) => HouseholdDemonstrations.Explore(world, new() { Seed = seed }))]);
        within30.Should().BeGreaterThan(0.75);
        within49.Should().BeGreaterThan(0.85);
    }

    [SharedFact("data/alfworld-official.zip")]
    public async Task It_solves_most_games_of_ALFWorld()
    {
        IReadOnlyList<HouseholdWorld> worlds = await HouseholdWorlds.LoadAsync(SharedFolder.PathOf("data/alfworld-official.zip"));
        (double within30, double within49) = Report("ALFWorld's games", [.. worlds.Select((world, seed) => HouseholdDemonstrations.Explore(world, new() { Seed = seed }))]);
        within30.Should().BeGreaterThan(0.75);
        within49.Should().BeGreaterThan(0.85);
    }

    [Fact]
    public void Slips_make_failures_and_more_of_them_more()
    {
        double[] solved = [.. ((double[])[0, 0.3, 0.8]).Select(rate =>
            Report($"slip rate {rate}", [.. Unseen.Take(200).Select((world, seed) => HouseholdDemonstrations.Explore(world, new() { Seed = seed, SlipRate = rate }))]).Within49)];
        solved.Should().BeInDescendingOrder();
        solved[1].Should().BeLessThan(solved[0] - 0.01);
        solved[2].Should().BeLessThan(solved[1] - 0.1);
    }

    [Fact]
    public void Hints_from_an_earlier_trial_save_steps()
    {
        int plain = 0;
        int hinted = 0;
        foreach (HouseholdWorld world in Unseen.Take(150))
        {
            Dictionary<string, string> hints = world.Objects
                .Where(thing => thing.Type == world.Goal.ObjectType || thing.Type == world.Goal.TargetType)
                .ToDictionary(thing => thing.Name, thing => thing.Receptacles[0]);
            plain += HouseholdDemonstrations.Explore(world).Steps.Length;
            hinted += HouseholdDemonstrations.Explore(world, hints: hints).Steps.Length;
        }

        output.WriteLine($"{plain / 150.0:0.0} steps without hints, {hinted / 150.0:0.0} with");
        hinted.Should().BeLessThan(plain * 9 / 10);
    }

    [Fact]
    public void The_same_seed_makes_the_same_moves_and_another_one_other_slips()
    {
        Play(5).Should().Equal(Play(5));
        Play(5).Should().NotEqual(Play(6));

        static IEnumerable<HouseholdDemonstrationStep> Play(long seed) =>
            Unseen.Take(20).SelectMany(world => HouseholdDemonstrations.Explore(world, new() { Seed = seed, SlipRate = 0.3 }).Steps);
    }

    [Fact]
    public void Whatever_is_said_it_answers_with_one_line()
    {
        string[] sayings =
        [
            Nothing, "", "OK.", "The fridge 1 is closed.", "The throne 1 is closed.", "You open the fridge 1. The fridge 1 is open. In it, you see a egg 1.", "On the countertop 1, you see a egg 2, and a mug 1.",
            "You pick up the egg 1 from the fridge 1.", "You pick up the pen 1 from the throne 1.", "You put the egg 1 in/on the cabinet 1.", "You move the egg 1 to the cabinet 1.", "You heat the egg 1 using the microwave 1.",
            "You are carrying: a mug 1.", "You are not carrying anything.", "You arrive at loc 3. On the cabinet 1, you see nothing.", "You turn on the desklamp 1.", "\n\n", "On the , you see a ,,",
        ];
        string[] tasks = ["put a hot egg in cabinet.", "find two egg and put them in cabinet.", "look at egg under the desklamp.", "put a egg in throne.", "put some anvil on cabinet."];
        Gen<string> saying = Gen.OneOf(Gen.Elements(sayings), ArbMap.Default.GeneratorFor<string>().Where(text => text is not null));
        var game = from task in Gen.Elements(tasks) from said in Gen.ListOf(saying) from seed in Gen.Choose(0, 99) select (task, said.ToImmutableArray(), seed);
        Check.QuickThrowOnFailure(Prop.ForAll(game.ToArbitrary(), drawn =>
        {
            var explorer = new HouseholdExplorer(new() { Seed = drawn.seed, SlipRate = drawn.seed / 200.0 });
            return drawn.Item2.Prepend(Kitchen + drawn.task).Select(said => explorer.Next(said))
                .All(move => move.Action.Length > 0 && move.Thought.Length > 0 && !(move.Action + move.Thought).Contains('\n', StringComparison.Ordinal));
        }));
    }

    [Fact]
    public void It_cannot_see_a_world()
    {
        Type[] hidden = [typeof(HouseholdWorld), typeof(HouseholdGame), typeof(HouseholdLayout), typeof(HouseholdState)];
        Type[] parts = [typeof(HouseholdExplorer), typeof(ExplorerMap), typeof(ExplorerPolicy), typeof(ExplorerSlips), typeof(ExplorerThoughts), typeof(SearchOrder), typeof(SeenReceptacle), typeof(HouseholdRequest)];
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        IEnumerable<Type> touched = parts.SelectMany(part => part.GetFields(All).Select(field => field.FieldType)
            .Concat(part.GetConstructors(All).Concat<MethodBase>(part.GetMethods(All)).SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType)));
        touched.Should().NotContain(type => hidden.Contains(type));
    }

    private (double Within30, double Within49) Report(string name, HouseholdDemonstration[] played)
    {
        double within30 = played.Count(each => each.IsWon && each.Steps.Length <= 30) / (double)played.Length;
        double within49 = played.Count(each => each.IsWon) / (double)played.Length;
        output.WriteLine($"{name}: {played.Length} worlds, {within30:P1} within 30 steps, {within49:P1} within 49, {played.Where(each => each.IsWon).Average(each => each.Steps.Length):0.0} steps where solved");
        return (within30, within49);
    }
}
