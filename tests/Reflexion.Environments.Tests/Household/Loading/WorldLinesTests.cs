using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class WorldLinesTests : IDisposable
{
    private const string Line =
        """{"id":"one","task":"put a cup in shelf","index":3,"goal":{"kind":"pick_and_place_simple","object_type":"cup","target_type":"shelf"},"start_location":"loc 1","receptacles":[{"name":"shelf 1","type":"shelf","location":"loc 2","openable":true,"open":true},{"name":"desk 1","type":"desk","location":"loc 3"}],"objects":[{"name":"cup 1","type":"cup","receptacles":["desk 1"],"pickupable":true,"cleanable":true,"heatable":true,"coolable":true,"is_container":true},{"name":"lamp 1","type":"lamp","toggleable":true},{"name":"egg 1","type":"egg","receptacles":[],"sliceable":true}],"contained_in":[["egg 1","cup 1"]],"can_contain":{"shelf":["cup"]},"walkthrough":[{"action":"go to desk 1","observation":"?"}]}""";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_line_is_a_world()
    {
        HouseholdWorld world = (await LoadAsync(Line)).Should().ContainSingle().Subject;

        (world.Id, world.Task, world.Index, world.StartLocation, world.IsSolvable).Should().Be(("one", "put a cup in shelf", 3, 1, true));
        world.Goal.Should().Be(new HouseholdGoal(HouseholdTaskKind.PickAndPlace, "cup", "shelf"));
        world.Receptacles.Should().Equal(new HouseholdReceptacle("shelf 1", "shelf", 2) { IsOpenable = true, IsOpen = true }, new HouseholdReceptacle("desk 1", "desk", 3));
        world.Objects.Select(thing => (thing.Name, thing.Traits)).Should().Equal(
            ("cup 1", HouseholdTraits.Pickupable | HouseholdTraits.Cleanable | HouseholdTraits.Heatable | HouseholdTraits.Coolable | HouseholdTraits.Container),
            ("lamp 1", HouseholdTraits.Toggleable),
            ("egg 1", HouseholdTraits.Sliceable));
        world.Objects[0].Contents.Should().Equal("egg 1");
        world.Objects[0].Locations.Should().BeNull("the file does not tell");
        world.CanContain["shelf"].Should().Equal("cup");
        world.Walkthrough.Should().Equal("go to desk 1");
    }

    [Fact]
    public async Task What_may_be_missing_may_be_missing()
    {
        string bare = Line.Replace(""","walkthrough":[{"action":"go to desk 1","observation":"?"}]""", "", StringComparison.Ordinal)
            .Replace("\"contained_in\":[[\"egg 1\",\"cup 1\"]],", "", StringComparison.Ordinal)
            .Replace("\"index\":3,", "", StringComparison.Ordinal);

        HouseholdWorld world = (await LoadAsync(bare)).Should().ContainSingle().Subject;

        (world.Index, world.Walkthrough.Length, world.Objects[0].Contents.Length).Should().Be((null, 0, 0));
    }

    [Theory]
    [InlineData("pick_and_place_simple", "juggle", "line 1: the goal's kind is 'juggle'; it must be one of pick_and_place_simple, look_at_obj_in_light, pick_clean_then_place_in_recep, pick_heat_then_place_in_recep, pick_cool_then_place_in_recep, pick_two_obj_and_place.")]
    [InlineData("\"loc 3\"", "\"here\"", "line 1: 'here' is no location; 'loc 5' is one.")]
    [InlineData("[\"egg 1\",\"cup 1\"]", "[\"egg 1\"]", "line 1: an entry of 'contained_in' has 1 names; it is a pair, the inner object and the outer one.")]
    [InlineData("\"desk 1\",\"type\"", "\"desk one\",\"type\"", "line 1: the world does not fit together: 'desk one' is no name; *")]
    [InlineData("\"task\"", "\"tusk\"", "line 1: the line cannot be read: *task*")]
    [InlineData("\"put a cup in shelf\"", "null", "line 1: the line cannot be read: *")]
    public async Task A_line_that_is_no_world_is_named(string right, string wrong, string problem)
    {
        string line = Line.Replace(right, wrong, StringComparison.Ordinal);
        line.Should().NotBe(Line);

        (await FluentActions.Awaiting(() => LoadAsync(line)).Should().ThrowAsync<DatasetFormatException>()).WithMessage($"*worlds.jsonl, {problem}");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<IReadOnlyList<HouseholdWorld>> LoadAsync(string content)
    {
        string path = _folder.File("worlds.jsonl");
        await File.WriteAllTextAsync(path, content);
        return await HouseholdWorlds.LoadAsync(path);
    }
}
