using Reflexion.Environments;
using static Reflexion.Tests.GameFiles;

namespace Reflexion.Tests;

public sealed class HouseholdWorldsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_game_file_is_read_with_the_engines_names()
    {
        HouseholdWorld world = await LoadOneAsync(Game(walkthrough: ["look"]));

        world.Task.Should().Be("put a cup in sinkbasin");
        world.Goal.Should().Be(new HouseholdGoal(HouseholdTaskKind.PickAndPlace, "cup", "sinkbasin"));
        world.StartLocation.Should().Be(2, "numbers fall as ids ascend");
        world.Receptacles.Should().Equal(
            new HouseholdReceptacle("shelf 2", "shelf", 4),
            new HouseholdReceptacle("shelf 1", "shelf", 3) { IsOpenable = true },
            new HouseholdReceptacle("sinkbasin 1", "sinkbasin", 1));
        world.Objects.Select(thing => (thing.Name, thing.Type, thing.Traits, thing.Conditions)).Should().Equal(
            ("cup 2", "cup", HouseholdTraits.Pickupable, HouseholdConditions.Cool),
            ("cup 1", "cup", HouseholdTraits.Container, HouseholdConditions.None),
            ("sink 1", "sink", HouseholdTraits.None, HouseholdConditions.None));
        world.Objects[0].Receptacles.Should().Equal("shelf 2");
        world.Objects[0].Locations!.Value.Should().Equal(4);
        world.Objects[1].Receptacles.Should().BeEmpty();
        world.Objects[1].Locations!.Value.Should().Equal(3);
        world.Objects[1].Contents.Should().Equal("cup 2");
        world.CanContain["shelf"].Should().Equal("cup");
        world.IsSolvable.Should().BeTrue();
        world.Walkthrough.Should().Equal("look");
    }

    [Fact]
    public async Task Comments_case_and_line_ends_do_not_matter()
    {
        string problem = $"; a game\r\n{Problem().ToUpperInvariant().Replace("\n", " ; INIT) (\r\n\t", StringComparison.Ordinal)}\f";

        (await LoadOneAsync(Game(problem))).Receptacles.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("")]
    [InlineData(")")]
    [InlineData(")))))")]
    public async Task Parentheses_may_be_missing_or_too_many_at_the_end(string end)
    {
        string problem = Problem().TrimEnd(')') + end;

        (await LoadOneAsync(Game(problem))).Goal.Should().Be(new HouseholdGoal(HouseholdTaskKind.PickAndPlace, "cup", "sinkbasin"));
    }

    [Theory]
    [InlineData("\n)\n(:goal", "\n(:goal")]
    [InlineData("\n)\n(:goal", "\n)))\n(:goal")]
    [InlineData("Cup - object)\n(:init", "Cup - object\n(:init")]
    public async Task Parentheses_may_be_missing_or_too_many_between_sections(string right, string wrong)
    {
        string problem = Problem().Replace(right, wrong, StringComparison.Ordinal);
        problem.Should().NotBe(Problem());

        HouseholdWorld world = await LoadOneAsync(Game(problem));

        world.Goal.ObjectType.Should().Be("cup");
        world.Objects.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("(inReceptacle ?o ?r) (objectType ?o CupType) (receptacleType ?r ShelfType) (cleanable ?o) (isClean ?o)", HouseholdTaskKind.CleanAndPlace)]
    [InlineData("(inReceptacle ?o ?r) (objectType ?o CupType) (receptacleType ?r ShelfType) (heatable ?o) (isHot ?o)", HouseholdTaskKind.HeatAndPlace)]
    [InlineData("(inReceptacle ?o ?r) (objectType ?o CupType) (receptacleType ?r ShelfType) (coolable ?o) (isCool ?o)", HouseholdTaskKind.CoolAndPlace)]
    [InlineData("(inReceptacle ?a ?r) (objectType ?a CupType) (receptacleType ?r ShelfType) (inReceptacle ?b ?r) (objectType ?b CupType) (not (= ?a ?b))", HouseholdTaskKind.PickTwoAndPlace)]
    [InlineData("(objectType ?t ShelfType) (toggleable ?t) (isToggled ?t) (inReceptacle ?t ?r) (objectType ?o CupType) (holds ?a ?o)", HouseholdTaskKind.LookInLight)]
    public async Task The_goal_tells_the_kind_of_task(string goal, HouseholdTaskKind kind)
    {
        HouseholdWorld world = await LoadOneAsync(Game(Problem(goal: $"(and (exists (?o ?r ?t ?a ?b - object) (and {goal})))")));

        world.Goal.Should().Be(new HouseholdGoal(kind, "cup", "shelf"));
    }

    [Fact]
    public async Task A_goal_may_ask_for_slices_and_closed_doors()
    {
        const string Goal = "(and (exists (?o ?r) (and (sliceable ?o) (isSliced ?o) (inReceptacle ?o ?r) (objectType ?o CupType) (receptacleType ?r ShelfType))) (forall (?re - receptacle) (not (opened ?re))))";

        (await LoadOneAsync(Game(Problem(goal: Goal)))).Goal.Should()
            .Be(new HouseholdGoal(HouseholdTaskKind.PickAndPlace, "cup", "shelf") { RequiresSliced = true, RequiresAllClosed = true });
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "{", "*: the file cannot be read: *" },
        { "null", "*: the file is null; a JSON object is expected." },
        { """{"grammar":"x","solvable":true}""", "*: the file cannot be read: *pddl_problem*" },
        { Game("(define)"), "*: the problem has no (:init …), which says how the game starts." },
        { Game("(:init)"), "*: the problem has no (:goal …)." },
        { Game(Problem(goal: "(inReceptacleObject ?a ?b)")), "*: the goal asks for 'inreceptacleobject', which none of the six kinds of task does." },
        { Game(Problem(goal: "(inReceptacle ?a ?b)")), "*: the goal does not say which types of object and target it is about." },
        { Game(Problem(Init + "(holds agent1 Cup_bar__plus_1)")), "*: the agent holds something at the start; games start with empty hands." },
        { Game(Problem(Init.Replace("atLocation agent1", "isAt agent1", StringComparison.Ordinal))), "*: no fact 'atLocation' says where the agent starts." },
        { Game(Problem(Init.Replace("agent1 loc_bar_3", "agent1 somewhere", StringComparison.Ordinal))), "*: 'somewhere' is no location." },
        { Game(Problem(Init + "(openable)")), "*: the fact (openable) has 0 arguments; 'openable' takes 1." },
        { Game(Problem(Init + "(receptacleAtLocation Shelf_bar__plus_1 loc_bar_2)")), "*: 'shelf_bar__plus_1' has two facts 'receptacleatlocation': 'loc_bar_1' and 'loc_bar_2'; only one can be." },
        { Game(Problem(Init + "(inReceptacle Cup_bar__plus_1 Desk_bar_1)")), "*: the game does not fit together: 'cup 2' is in 'desk 1', but the world has no receptacle of that name." },
        { Game(grammar: "nothing"), "*: the grammar has no line 'Your task is to: …'." },
        { Game(new string('(', 300)), "*: lists are nested more than 200 deep; this is no game's PDDL." },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_game_is_named_with_what_is_wrong(string content, string problem) =>
        (await FluentActions.Awaiting(() => LoadOneAsync(content)).Should().ThrowAsync<DatasetFormatException>()).WithMessage(problem)
        .Which.SourceName.Should().EndWith("game.tw-pddl");

    [Fact]
    public async Task A_receptacle_without_a_type_takes_nothing()
    {
        HouseholdWorld world = await LoadOneAsync(Game(Problem(Init.Replace("(receptacleType Shelf_bar__plus_1 ShelfType)", "", StringComparison.Ordinal))));

        world.Receptacles[0].Should().Be(new HouseholdReceptacle("shelf 2", "untyped", 4));
    }

    [Fact]
    public async Task A_game_that_is_asked_for_is_loaded_solvable_or_not()
    {
        (await LoadOneAsync(Game(solvable: false))).IsSolvable.Should().BeFalse();
        (await LoadOneAsync(Game(solvable: null))).IsSolvable.Should().BeFalse();
    }

    [Theory]
    [InlineData(false, "b/1 c/2")]
    [InlineData(true, "a/1 b/1 c/2 d/4")]
    public async Task A_folder_and_a_zip_hold_the_same_games_and_only_solvable_ones_unless_told_otherwise(bool all, string ids)
    {
        string moves = Game(Problem(goal: "(inReceptacleObject ?a ?b)"));
        (string, string)[] entries =
        [
            ("root/c/2/game.tw-pddl", Game()),
            ("root/b/1/game.tw-pddl", Game()),
            ("root/a/1/game.tw-pddl", Game(solvable: false)),
            ("root/d/4/game.tw-pddl", Game(solvable: null)),
            ("root/movable/1/game.tw-pddl", moves),
            ("root/b/1/traj_data.json", "no game"),
        ];
        string zip = _folder.File("games.zip");
        await WriteZipAsync(zip, entries);
        string folder = _folder.File("games");
        foreach ((string entry, string content) in entries)
        {
            string path = Path.Combine(folder, entry);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, content);
        }

        HouseholdLoadOptions options = new() { IncludeUnsolvable = all };
        foreach (string path in new[] { zip, folder })
        {
            IReadOnlyList<HouseholdWorld> worlds = await HouseholdWorlds.LoadAsync(path, options);
            worlds.Select(world => world.Id).Should().Equal(ids.Split(' '));
            worlds.Select(world => world.IsSolvable).Should().Equal(worlds.Select(world => world.Id is "b/1" or "c/2"));
        }
    }

    [Fact]
    public async Task A_zip_is_not_read_beyond_its_limits()
    {
        string zip = _folder.File("bomb.zip");
        await WriteZipAsync(zip, ("a/1/game.tw-pddl", Game()), ("a/2/game.tw-pddl", Game() + new string(' ', 300_000)));

        await Refuses(zip, new() { MaxGameBytes = 200_000 }, "*bomb.zip:a/2/game.tw-pddl: the game has more than 200000 bytes; HouseholdLoadOptions.MaxGameBytes allows more.");
        await Refuses(zip, new() { MaxGameBytes = 100 }, "*a/1/game.tw-pddl: the game has more than 100 bytes; *");
        await Refuses(zip, new() { MaxTotalBytes = 250_000 }, "*a/2/game.tw-pddl: the games have more than 250000 bytes together; HouseholdLoadOptions.MaxTotalBytes allows more.");
        (await HouseholdWorlds.LoadAsync(zip)).Should().HaveCount(2);
        (await HouseholdWorlds.LoadAsync(zip, new() { MaxGameBytes = Game().Length + 300_000 })).Should().HaveCount(2);
        await Refuses(zip, new() { MaxGameBytes = Game().Length + 299_999 }, "*a/2/game.tw-pddl: *");
    }

    [Fact]
    public async Task What_is_no_zip_is_named()
    {
        string zip = _folder.File("no.zip");
        await File.WriteAllTextAsync(zip, "no zip");

        await Refuses(zip, new(), "*no.zip: the zip cannot be read: *");
    }

    [Fact]
    public async Task A_damaged_game_in_a_zip_is_named()
    {
        string zip = _folder.File("damaged.zip");
        await WriteZipAsync(zip, ("a/1/game.tw-pddl", Game()));
        byte[] bytes = await File.ReadAllBytesAsync(zip);
        bytes.AsSpan(50, 200).Fill(0xFF);
        await File.WriteAllBytesAsync(zip, bytes);

        await Refuses(zip, new(), "*damaged.zip:a/1/game.tw-pddl: the zip cannot be read: *");
    }

    [Fact]
    public async Task A_game_that_comes_twice_is_refused()
    {
        string zip = _folder.File("twice.zip");
        await WriteZipAsync(zip, ("x/a/1/game.tw-pddl", Game()), ("y/a/1/game.tw-pddl", Game()));

        await Refuses(zip, new(), "*twice.zip: the game 'a/1' comes twice; lessons are filed by the id.");
    }

    [Fact]
    public async Task Limits_below_one_are_refused()
    {
        await FluentActions.Awaiting(() => HouseholdWorlds.LoadAsync("x", new() { MaxGameBytes = 0 })).Should().ThrowAsync<ArgumentOutOfRangeException>();
        await FluentActions.Awaiting(() => HouseholdWorlds.LoadAsync("x", new() { MaxTotalBytes = 0 })).Should().ThrowAsync<ArgumentOutOfRangeException>();
        await FluentActions.Awaiting(() => HouseholdWorlds.LoadAsync(" ")).Should().ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(() => HouseholdWorlds.LoadAsync(_folder.File("absent"))).Should().ThrowAsync<FileNotFoundException>();
    }

    public void Dispose() => _folder.Dispose();

    private static async Task Refuses(string path, HouseholdLoadOptions options, string problem) =>
        (await FluentActions.Awaiting(() => HouseholdWorlds.LoadAsync(path, options)).Should().ThrowAsync<DatasetFormatException>()).WithMessage(problem);

    private async Task<HouseholdWorld> LoadOneAsync(string content)
    {
        string path = _folder.File("game.tw-pddl");
        await File.WriteAllTextAsync(path, content);
        return (await HouseholdWorlds.LoadAsync(path)).Should().ContainSingle().Subject;
    }
}
