using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

/// <summary>What an actor leaves behind when a trial is broken off.</summary>
public class ReActActorLifetimeTests
{
    private static readonly AgentTask Question = new("q1", "Where was Ada born?");

    [Fact]
    public async Task A_failing_model_leaves_the_environment_disposed()
    {
        var environment = new ReActTestEnvironment();
        var client = new ScriptedChatClient().Then(_ => throw new HttpRequestException("down"));

        await new ReActActor(client, _ => environment).Invoking(actor => actor.RunAsync(Question)).Should().ThrowAsync<HttpRequestException>();

        environment.Disposals.Should().Be(1);
    }

    [Fact]
    public async Task A_failing_environment_is_disposed_and_its_fault_is_not_hidden()
    {
        var environment = new ReActTestEnvironment { Fault = new InvalidOperationException("broken world") };

        await new ReActActor(new ScriptedChatClient("Action: Search[Ada]"), _ => environment).Invoking(actor => actor.RunAsync(Question))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("broken world");

        environment.Disposals.Should().Be(1);
    }

    [Fact]
    public async Task Cancellation_ends_the_trial_before_the_next_call_and_disposes_the_environment()
    {
        using var source = new CancellationTokenSource();
        var environment = new ReActTestEnvironment(new Observation("a"));
        var client = new ScriptedChatClient().Then(_ =>
        {
            source.Cancel();
            return new(new ChatMessage(ChatRole.Assistant, "Thought: hm"));
        });

        await new ReActActor(client, _ => environment).Invoking(actor => actor.RunAsync(Question, cancellationToken: source.Token))
            .Should().ThrowAsync<OperationCanceledException>();

        client.Requests.Should().ContainSingle();
        environment.Disposals.Should().Be(1);
    }

    [Fact]
    public async Task A_reader_who_stops_reading_leaves_the_environment_disposed()
    {
        var environment = new ReActTestEnvironment(new Observation("a"));
        var actor = new ReActActor(new ScriptedChatClient().Otherwise(_ => "Action: Search[Ada]"), _ => environment);

        await foreach (AgentEvent happened in actor.ActAsync(new() { Task = Question, Prompt = actor.CreatePrompt(Question) }, default))
        {
            if (happened is StepCompleted)
            {
                break;
            }
        }

        environment.Disposals.Should().Be(1);
    }

    [Fact]
    public async Task A_factory_or_an_environment_that_gives_null_is_told_so()
    {
        await new ReActActor(new ScriptedChatClient(), _ => null!).Invoking(actor => actor.RunAsync(Question))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("The environment factory returned null;*");

        var environment = new ReActTestEnvironment { Initial = null! };
        await new ReActActor(new ScriptedChatClient(), _ => environment).Invoking(actor => actor.RunAsync(Question))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("The environment returned null in place of an observation;*");
        environment.Disposals.Should().Be(1);
    }
}
