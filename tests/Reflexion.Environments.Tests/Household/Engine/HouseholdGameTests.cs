using Reflexion.Environments;
using static Reflexion.Tests.SampleWorld;

namespace Reflexion.Tests;

public sealed class HouseholdGameTests
{
    private const string Room =
        "You are in the middle of a room. Looking quickly around you, you see a cabinet 2, a cabinet 1, a countertop 1, a fridge 1, a microwave 1, a shelf 1, and a sinkbasin 1.";

    [Fact]
    public void A_game_starts_with_the_room_and_the_task_as_the_papers_show_them() =>
        new HouseholdGame(Of()).InitialObservation.Should().Be($"{Room}\nYour task is to: put a clean apple in cabinet.");

    [Fact]
    public void The_engines_own_wording_has_a_banner_blank_lines_and_places()
    {
        var game = new HouseholdGame(Of(), new() { Wording = HouseholdWording.Engine });

        game.InitialObservation.Should().Be($"-= Welcome to TextWorld, ALFRED! =-\n\n{Room}\n\nYour task is to: put a clean apple in cabinet.");
        game.Step("go to shelf 1").Should().Be("You arrive at loc 9. On the shelf 1, you see a desklamp 1, and a egg 1.");
    }

    [Fact]
    public void At_the_start_one_can_only_look_around_and_go() =>
        new HouseholdGame(Of()).AdmissibleCommands.Should().Equal(
            "go to cabinet 1", "go to cabinet 2", "go to countertop 1", "go to fridge 1", "go to microwave 1", "go to shelf 1", "go to sinkbasin 1", "inventory", "look");

    [Theory]
    [InlineData("look", "You are in the middle of a room. Looking quickly around you, you see nothing.")]
    [InlineData("inventory", "You are not carrying anything.")]
    [InlineData("go to cabinet 1", "The cabinet 1 is closed.")]
    [InlineData("go to cabinet 1; look", "You are facing the cabinet 2, and cabinet 1. Next to it, you see nothing.")]
    [InlineData("go to cabinet 1; open cabinet 1", "You open the cabinet 1. The cabinet 1 is open. In it, you see a bowl 1.")]
    [InlineData("go to cabinet 1; open cabinet 1; close cabinet 1", "You close the cabinet 1.")]
    [InlineData("go to cabinet 1; open cabinet 2", "You open the cabinet 2. The cabinet 2 is open. In it, you see nothing.")]
    [InlineData("go to countertop 1", "On the countertop 1, you see a apple 1, a egg 1, and a knife 1.")]
    [InlineData("go to countertop 1; take apple 1 from countertop 1", "You pick up the apple 1 from the countertop 1.")]
    [InlineData("go to countertop 1; take apple 1 from countertop 1; inventory", "You are carrying: a apple 1.")]
    [InlineData("go to countertop 1; take apple 1 from countertop 1; examine apple 1", "There's nothing special about apple 1.")]
    [InlineData("go to countertop 1; take apple 1 from countertop 1; go to sinkbasin 1; clean apple 1 with sinkbasin 1", "You clean the apple 1 using the sinkbasin 1.")]
    [InlineData("go to countertop 1; take apple 1 from countertop 1; go to microwave 1; heat apple 1 with microwave 1", "You heat the apple 1 using the microwave 1.")]
    [InlineData("go to countertop 1; take apple 1 from countertop 1; go to fridge 1; cool apple 1 with fridge 1", "You cool the apple 1 using the fridge 1.")]
    [InlineData("go to countertop 1; take apple 1 from countertop 1; go to shelf 1; put apple 1 in/on shelf 1", "You put the apple 1 in/on the shelf 1.")]
    [InlineData("go to countertop 1; take knife 1 from countertop 1; slice apple 1 with knife 1", "You sliced the apple 1 with the knife 1.")]
    [InlineData("go to shelf 1; use desklamp 1", "You turn on the desklamp 1.")]
    [InlineData("go to shelf 1; use desklamp 1; use desklamp 1", "You turn on the desklamp 1.")]
    [InlineData("go to cabinet 1; open cabinet 1; take bowl 1 from cabinet 1; examine bowl 1", "This is a normal bowl 1. In it, you see a egg 1.")]
    public void A_command_is_answered(string commands, string answer)
    {
        string[] all = commands.Split("; ");

        Play(Of(), all[..^1]).Step(all[^1]).Should().Be(answer);
    }

    [Theory]
    [InlineData("", "There's nothing special about apple 1.")]
    [InlineData("clean", "This is a clean apple 1.")]
    [InlineData("heat", "This is a hot apple 1.")]
    [InlineData("cool", "This is a cold apple 1.")]
    [InlineData("heat cool", "This is a cold apple 1.")]
    [InlineData("cool heat", "This is a hot apple 1.")]
    [InlineData("clean heat", "This is a hot and clean apple 1.")]
    [InlineData("clean cool", "This is a cool and clean apple 1.")]
    [InlineData("slice", "This is a sliced apple 1.")]
    [InlineData("slice clean", "This is a clean sliced apple 1.")]
    [InlineData("slice heat", "This is a hot sliced apple 1.")]
    [InlineData("slice cool", "This is a cool sliced apple 1.")]
    [InlineData("slice clean heat", "This is a hot and clean sliced apple 1.")]
    [InlineData("slice clean cool", "This is a cool and clean sliced apple 1.")]
    public void What_is_held_tells_what_was_done_to_it(string treatments, string description)
    {
        HouseholdGame game = Play(Of(), "go to countertop 1");
        if (treatments.StartsWith("slice", StringComparison.Ordinal))
        {
            game.Step("take knife 1 from countertop 1");
            game.Step("slice apple 1 with knife 1");
            game.Step("put knife 1 in/on countertop 1");
        }

        game.Step("take apple 1 from countertop 1");
        foreach (string treatment in treatments.Split(' ').Where(each => each is "clean" or "heat" or "cool"))
        {
            string tool = treatment switch { "clean" => "sinkbasin 1", "heat" => "microwave 1", _ => "fridge 1" };
            game.Step($"go to {tool}");
            game.Step($"{treatment} apple 1 with {tool}").Should().StartWith("You ");
        }

        game.Step("examine apple 1").Should().Be(description);
    }

    [Theory]
    [InlineData("")]
    [InlineData("dance")]
    [InlineData("Look")]
    [InlineData("look.")]
    [InlineData("help")]
    [InlineData("go to")]
    [InlineData("go to  countertop 1")]
    [InlineData("go to countertop 2")]
    [InlineData("go to shelf 1")]
    [InlineData("open fridge 1")]
    [InlineData("open shelf 1")]
    [InlineData("close shelf 1")]
    [InlineData("examine countertop 1")]
    [InlineData("examine egg 1")]
    [InlineData("take apple 2 from fridge 1")]
    [InlineData("take apple 1 from shelf 1")]
    [InlineData("take desklamp 1 from shelf 1")]
    [InlineData("take egg 1")]
    [InlineData("put egg 1 in/on shelf 1")]
    [InlineData("use egg 1")]
    [InlineData("slice egg 1 with knife 1")]
    [InlineData("clean egg 1 with sinkbasin 1")]
    [InlineData("heat egg 1 with microwave 1")]
    [InlineData("cool egg 1 with fridge 1")]
    public void What_cannot_be_done_answers_nothing_happens_and_changes_nothing(string command)
    {
        HouseholdGame game = Play(Of(), "go to shelf 1");
        HouseholdState before = game.State.Clone();

        game.Step(command).Should().Be("Nothing happens.");

        game.State.HasSameValue(before).Should().BeTrue();
        game.AdmissibleCommands.Should().NotContain(command);
    }

    [Theory]
    [InlineData("put apple 1 on shelf 1")]
    [InlineData("put apple 1 in shelf 1")]
    [InlineData("move apple 1 to shelf 1")]
    [InlineData("take egg 1 from shelf 1")]
    [InlineData("clean apple 1 with shelf 1")]
    [InlineData("use desklamp")]
    public void With_full_hands_only_the_exact_command_counts(string command) =>
        Play(Of(), "go to countertop 1", "take apple 1 from countertop 1", "go to shelf 1").Step(command).Should().Be("Nothing happens.");

    [Fact]
    public void White_space_around_a_command_does_not_matter() => new HouseholdGame(Of()).Step(" \tlook\n").Should().StartWith("You are in");

    [Fact]
    public void A_command_is_never_null() => FluentActions.Invoking(() => new HouseholdGame(Of()).Step(null!)).Should().Throw<ArgumentNullException>();

    [Fact]
    public void Admissible_commands_are_sorted_and_complete() =>
        Play(Of(), "go to countertop 1", "take knife 1 from countertop 1").AdmissibleCommands.Should().Equal(
            "examine countertop 1",
            "examine knife 1",
            "go to cabinet 1",
            "go to cabinet 2",
            "go to fridge 1",
            "go to microwave 1",
            "go to shelf 1",
            "go to sinkbasin 1",
            "inventory",
            "look",
            "put knife 1 in/on countertop 1",
            "slice apple 1 with knife 1",
            "slice egg 1 with knife 1");

    [Fact]
    public void What_is_held_is_listed_among_what_is_here()
    {
        HouseholdGame game = Play(Of(), "go to countertop 1", "take apple 1 from countertop 1", "go to cabinet 1", "open cabinet 2");

        game.AdmissibleCommands.Should().StartWith(["close cabinet 2", "examine apple 1", "examine cabinet 1", "examine cabinet 2", "go to countertop 1"])
            .And.Contain(["open cabinet 1", "put apple 1 in/on cabinet 2"]).And.NotContain("put apple 1 in/on cabinet 1");
    }

    [Fact]
    public void A_thing_in_two_places_stays_in_the_other_when_it_is_taken()
    {
        HouseholdGame game = Play(Of(), "go to shelf 1", "take egg 1 from shelf 1");

        game.Step("go to countertop 1").Should().Be("On the countertop 1, you see a apple 1, a egg 1, and a knife 1.");
        game.Step("put egg 1 in/on countertop 1").Should().Be("You put the egg 1 in/on the countertop 1.");
        game.Step("examine countertop 1").Should().Be("On the countertop 1, you see a apple 1, a egg 1, and a knife 1.");
        game.Step("go to shelf 1").Should().Be("On the shelf 1, you see a desklamp 1.");
    }

    [Fact]
    public void A_thing_moved_between_receptacles_of_one_place_is_seen_next_to_them()
    {
        HouseholdGame game = Play(
            Of(), "go to cabinet 1", "open cabinet 1", "open cabinet 2", "take bowl 1 from cabinet 1", "put bowl 1 in/on cabinet 2");

        game.Step("look").Should().Be("You are facing the cabinet 2, and cabinet 1. Next to it, you see a bowl 1.");
    }

    [Fact]
    public void A_thing_that_lies_nowhere_can_only_be_sliced()
    {
        HouseholdObject stray = new("apple 3", "apple", Food) { Locations = [5] };
        HouseholdGame game = Play(
            Of(new(HouseholdTaskKind.PickAndPlace, "apple", "shelf"), objects: [stray, .. Objects]), "go to countertop 1", "take knife 1 from countertop 1", "go to fridge 1");

        game.AdmissibleCommands.Should().Contain("slice apple 3 with knife 1").And.Contain("slice apple 2 with knife 1", "a door does not matter");
        game.Step("open fridge 1").Should().Be("You open the fridge 1. The fridge 1 is open. In it, you see a apple 2.");
    }

    [Fact]
    public void The_newer_grammar_moves_things_and_helps()
    {
        var game = new HouseholdGame(Of(), new() { Grammar = HouseholdGrammar.MoveTo });
        game.Step("go to countertop 1").Should().Be("You arrive at countertop 1. On the countertop 1, you see a apple 1, a egg 1, and a knife 1.");
        game.Step("take apple 1 from countertop 1");

        game.AdmissibleCommands.Should().Equal(
            "examine apple 1",
            "examine countertop 1",
            "go to cabinet 1",
            "go to cabinet 2",
            "go to fridge 1",
            "go to microwave 1",
            "go to shelf 1",
            "go to sinkbasin 1",
            "help",
            "inventory",
            "look",
            "move apple 1 to countertop 1");
        game.Step("help").Should().EndWith("\n").And.Contain("move (object) to (receptacle)");
        game.Step("put apple 1 in/on countertop 1").Should().Be("Nothing happens.");
        game.Step("move apple 1 to countertop 1").Should().Be("You move the apple 1 to the countertop 1.");
    }

    [Theory]
    [InlineData(HouseholdGrammar.PutInOrOn, true)]
    [InlineData(HouseholdGrammar.MoveTo, false)]
    public void Only_the_older_grammar_cleans_with_a_sink(HouseholdGrammar grammar, bool cleans)
    {
        var world = new HouseholdWorld("sink", "clean", new(HouseholdTaskKind.PickAndPlace, "apple", "sink"), 1, [new("sink 1", "sink", 2)], [new("apple 1", "apple", Food) { Receptacles = ["sink 1"] }], []);
        var game = new HouseholdGame(world, new() { Grammar = grammar });
        game.Step("go to sink 1");
        game.Step("take apple 1 from sink 1");

        game.AdmissibleCommands.Contains("clean apple 1 with sink 1").Should().Be(cleans);
    }

    [Fact]
    public void A_clone_goes_its_own_way()
    {
        HouseholdGame game = Play(Of(), "go to countertop 1");
        HouseholdGame clone = game.Clone();

        clone.Step("take apple 1 from countertop 1");

        game.Step("inventory").Should().Be("You are not carrying anything.");
        clone.Step("inventory").Should().Be("You are carrying: a apple 1.");
        clone.World.Should().BeSameAs(game.World);
    }

    [Fact]
    public void Listing_commands_refills_a_list()
    {
        HouseholdGame game = Play(Of(), "go to shelf 1");
        List<string> commands = ["old"];

        game.ListAdmissibleCommands(commands);

        commands.Should().Equal(game.AdmissibleCommands);
    }

    [Fact]
    public void Unknown_options_are_refused()
    {
        FluentActions.Invoking(() => new HouseholdGame(Of(), new() { Wording = (HouseholdWording)7 })).Should().Throw<ArgumentOutOfRangeException>().WithMessage("This is no wording.*");
        FluentActions.Invoking(() => new HouseholdGame(Of(), new() { Grammar = (HouseholdGrammar)7 })).Should().Throw<ArgumentOutOfRangeException>().WithMessage("This is no grammar.*");
    }

    [Fact]
    public void A_step_and_its_commands_allocate_little_beyond_the_text()
    {
        const int Steps = 5_000;
        var game = new HouseholdGame(Of());
        var commands = new List<string>(64);
        Play(Steps);

        long before = GC.GetAllocatedBytesForCurrentThread();
        long characters = Play(Steps);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        const int StringHeader = 32;
        ((allocated / Steps) - (characters * sizeof(char) / Steps) - StringHeader).Should().BeLessThan(16, "only texts are new");

        long Play(int steps)
        {
            var random = new Random(1);
            long written = 0;
            game.ListAdmissibleCommands(commands);
            for (int step = 0; step < steps; step++)
            {
                written += game.Step(commands[random.Next(commands.Count)]).Length;
                game.ListAdmissibleCommands(commands);
            }

            return written;
        }
    }
}
