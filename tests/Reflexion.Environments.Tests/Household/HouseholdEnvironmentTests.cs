using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class HouseholdEnvironmentTests
{
    private static readonly AgentTask Task = new("sample", "put an apple on the shelf");
    private static readonly HouseholdWorld World = SampleWorld.Of(HouseholdTaskKind.PickAndPlace, target: "shelf");

    [Fact]
    public async Task Winning_gives_the_reward_and_ends_the_trial()
    {
        await using var environment = new HouseholdEnvironment(World);
        Observation start = await environment.ResetAsync(Task, CancellationToken.None);
        start.Should().Be(new Observation(environment.Game.InitialObservation));

        (await StepAsync(environment, "go to countertop 1")).Should().Be(new Observation("On the countertop 1, you see a apple 1, a egg 1, and a knife 1."));
        await StepAsync(environment, "take apple 1 from countertop 1");
        await StepAsync(environment, "go to shelf 1");
        Observation last = await StepAsync(environment, "put apple 1 in/on shelf 1");

        last.Should().Be(new Observation("You put the apple 1 in/on the shelf 1.") { Reward = 1, IsTerminal = true });
    }

    [Fact]
    public async Task A_reset_starts_afresh()
    {
        await using var environment = new HouseholdEnvironment(World);
        await environment.ResetAsync(Task, CancellationToken.None);
        await StepAsync(environment, "go to countertop 1");

        await environment.ResetAsync(Task, CancellationToken.None);

        (await StepAsync(environment, "take apple 1 from countertop 1")).Text.Should().Be("Nothing happens.");
    }

    [Theory]
    [InlineData("think: where is the apple?")]
    [InlineData("Think:nothing")]
    public async Task Thinking_changes_nothing(string thought)
    {
        await using var environment = new HouseholdEnvironment(World);
        HouseholdState before = environment.Game.State.Clone();

        (await StepAsync(environment, thought)).Should().Be(new Observation("OK."));

        environment.Game.State.HasSameValue(before).Should().BeTrue();
    }

    [Theory]
    [InlineData(HouseholdCommandList.Hidden, "Nothing happens.")]
    [InlineData(HouseholdCommandList.OnRequest, "Admissible commands: examine shelf 1, go to cabinet 1, go to cabinet 2, go to countertop 1, go to fridge 1, go to microwave 1, go to sinkbasin 1, inventory, look, take egg 1 from shelf 1, use desklamp 1.")]
    public async Task Commands_are_listed_on_request_where_that_is_allowed(HouseholdCommandList list, string answer)
    {
        await using var environment = new HouseholdEnvironment(World, new() { CommandList = list });
        await StepAsync(environment, "go to shelf 1");

        (await StepAsync(environment, HouseholdEnvironment.ListCommands)).Text.Should().Be(answer);
    }

    [Fact]
    public async Task Commands_can_stand_below_each_observation()
    {
        await using var environment = new HouseholdEnvironment(World, new() { CommandList = HouseholdCommandList.Always });

        (await environment.ResetAsync(Task, CancellationToken.None)).Text.Should().EndWith("\nAdmissible commands: go to cabinet 1, go to cabinet 2, go to countertop 1, go to fridge 1, go to microwave 1, go to shelf 1, go to sinkbasin 1, inventory, look.");
        (await StepAsync(environment, "inventory")).Text.Should().StartWith("You are not carrying anything.\nAdmissible commands: ");
        (await StepAsync(environment, "commands")).Text.Should().StartWith("Nothing happens.\n");
    }

    [Theory]
    [InlineData(HouseholdStopRule.Paper, "look|look|look|look", 4)]
    [InlineData(HouseholdStopRule.Paper, "look|inventory|look|inventory|look|go to shelf 1|look|go to fridge 1|inventory|inventory", 10)]
    [InlineData(HouseholdStopRule.Paper, "go to shelf 1|go to shelf 1|go to shelf 1|go to shelf 1|go to shelf 1", 5)]
    [InlineData(HouseholdStopRule.Original, "look|inventory|look|look", 4)]
    [InlineData(HouseholdStopRule.Original, "go to shelf 1|go to shelf 1", 2)]
    [InlineData(HouseholdStopRule.None, "look|look|look|look|look|look", 0)]
    public async Task A_stop_rule_ends_a_trial_that_repeats_itself(HouseholdStopRule rule, string commands, int end)
    {
        await using var environment = new HouseholdEnvironment(World, new() { StopRule = rule });
        await environment.ResetAsync(Task, CancellationToken.None);
        int step = 0;
        foreach (string command in commands.Split('|'))
        {
            Observation seen = await StepAsync(environment, command);
            seen.IsTerminal.Should().Be(++step == end, $"step {step}");
            seen.Reward.Should().Be(0);
        }
    }

    [Fact]
    public async Task A_cancelled_call_does_nothing()
    {
        await using var environment = new HouseholdEnvironment(World);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await FluentActions.Awaiting(() => environment.StepAsync(new("look"), source.Token).AsTask()).Should().ThrowAsync<OperationCanceledException>();
        await FluentActions.Awaiting(() => environment.ResetAsync(Task, source.Token).AsTask()).Should().ThrowAsync<OperationCanceledException>();
    }

    private static async Task<Observation> StepAsync(HouseholdEnvironment environment, string action) => await environment.StepAsync(new(action), CancellationToken.None);
}
