namespace Reflexion.Testing.Tests;

public sealed class ScriptedEnvironmentTests
{
    private static readonly AgentTask s_task = AgentTask.FromInstruction("win");

    [Fact]
    public async Task A_recorded_trial_is_replayed_step_by_step()
    {
        await using ScriptedEnvironment world = new ScriptedEnvironment("A kitchen.")
            .Then("look", "A fridge.")
            .Then("It opens.")
            .Then("take milk", new Observation("Won.") { Reward = 1, IsTerminal = true });

        (await world.ResetAsync(s_task, default)).Text.Should().Be("A kitchen.");
        (await world.StepAsync(new("look"), default)).Text.Should().Be("A fridge.");
        (await world.StepAsync(new("whatever"), default)).Text.Should().Be("It opens.");
        world.Invoking(w => w.AssertAllPlayed()).Should().Throw<ScriptNotFinishedException>().Which.Left.Should().Be(1);
        (await world.StepAsync(new("take milk"), default)).Should().Be(new Observation("Won.") { Reward = 1, IsTerminal = true });
        world.AssertAllPlayed();
        world.Actions.Select(action => action.Text).Should().Equal("look", "whatever", "take milk");
    }

    [Fact]
    public async Task Another_action_than_the_recorded_one_is_refused_and_recorded()
    {
        await using ScriptedEnvironment world = new ScriptedEnvironment().Then("look", "A fridge.");
        await world.ResetAsync(s_task, default);

        UnexpectedActionException fault = (await world.Awaiting(w => w.StepAsync(new("Look"), default).AsTask()).Should().ThrowAsync<UnexpectedActionException>()).Which;

        fault.Message.Should().Be("Step 1: the actor departs from the script.\n  expected: look\n  actual:   Look");
        (fault.Step, fault.Expected, fault.Actual.Text).Should().Be((1, "look", "Look"));
        world.Actions.Should().ContainSingle().Which.Text.Should().Be("Look");
    }

    [Fact]
    public async Task Case_can_be_ignored()
    {
        await using ScriptedEnvironment world = new ScriptedEnvironment { IgnoresCase = true }.Then("look ", "A fridge.");
        await world.ResetAsync(s_task, default);

        (await world.StepAsync(new("LOOK"), default)).Text.Should().Be("A fridge.");
    }

    [Fact]
    public async Task A_step_past_the_end_is_refused_unless_something_happens_otherwise()
    {
        await using var world = new ScriptedEnvironment();
        await world.ResetAsync(s_task, default);

        (await world.Awaiting(w => w.StepAsync(new("look"), default).AsTask()).Should().ThrowAsync<UnexpectedActionException>()).Which.Message.Should()
            .Be("Step 1: the script has ended, but the actor did this: look\nEnd the trial with a terminal observation, add a step, or say what happens otherwise.");

        world.Otherwise(action => new($"You {action.Text}."));
        (await world.StepAsync(new("sing"), default)).Text.Should().Be("You sing.");
    }

    [Fact]
    public async Task Steps_come_from_a_list_as_well()
    {
        await using ScriptedEnvironment world = new ScriptedEnvironment().Then([("a", new Observation("1")), (null, new Observation("2"))]);
        await world.ResetAsync(s_task, default);

        (await world.StepAsync(new("a"), default)).Text.Should().Be("1");
        (await world.StepAsync(new("any"), default)).Text.Should().Be("2");
    }

    [Fact]
    public async Task A_reset_starts_anew()
    {
        await using ScriptedEnvironment world = new ScriptedEnvironment().Then("a", "1");
        await world.ResetAsync(s_task, default);
        await world.StepAsync(new("a"), default);

        await world.ResetAsync(s_task, default);

        world.Actions.Should().BeEmpty();
        world.Resets.Should().Be(2);
        (await world.StepAsync(new("a"), default)).Text.Should().Be("1");
    }

    [Fact]
    public async Task The_order_of_calls_is_watched()
    {
        var world = new ScriptedEnvironment();

        await world.Awaiting(w => w.StepAsync(new("a"), default).AsTask()).Should().ThrowAsync<InvalidOperationException>().WithMessage("Call ResetAsync before the first StepAsync.");
        world.IsDisposed.Should().BeFalse();
        await world.DisposeAsync();
        world.IsDisposed.Should().BeTrue();
        await world.Awaiting(w => w.ResetAsync(s_task, default).AsTask()).Should().ThrowAsync<ObjectDisposedException>();
        await world.Awaiting(w => w.StepAsync(new("a"), default).AsTask()).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task Cancellation_is_heeded()
    {
        await using ScriptedEnvironment world = new ScriptedEnvironment().Then("x");
        var cancelled = new CancellationToken(true);

        await world.Awaiting(w => w.ResetAsync(s_task, cancelled).AsTask()).Should().ThrowAsync<OperationCanceledException>();
        await world.ResetAsync(s_task, default);
        await world.Awaiting(w => w.StepAsync(new("a"), cancelled).AsTask()).Should().ThrowAsync<OperationCanceledException>();
        world.Actions.Should().BeEmpty();
    }

    [Fact]
    public void Nulls_are_refused()
    {
        var world = new ScriptedEnvironment();

        FluentActions.Invoking(() => new ScriptedEnvironment(null!)).Should().Throw<ArgumentNullException>();
        world.Invoking(w => w.Then((string)null!)).Should().Throw<ArgumentNullException>();
        world.Invoking(w => w.Then((Observation)null!)).Should().Throw<ArgumentNullException>();
        world.Invoking(w => w.Then(null!, "x")).Should().Throw<ArgumentNullException>();
        world.Invoking(w => w.Then("x", (string)null!)).Should().Throw<ArgumentNullException>();
        world.Invoking(w => w.Otherwise(null!)).Should().Throw<ArgumentNullException>();
        world.Invoking(w => w.Then((IEnumerable<(string?, Observation)>)null!)).Should().Throw<ArgumentNullException>();
    }
}
