using System.Text.Json;
using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace Reflexion.Tests;

/// <summary>Short ways to write a model's replies and to run one trial.</summary>
internal static class ToolCallingHarness
{
    internal static readonly AgentTask Task = new("t", "Add 1 and 2.");

    internal static readonly AIFunction Add = AIFunctionFactory.Create((int a, int b, string? note = null) => a + b, "add", "Adds.");

    internal static FunctionCallContent Call(string id, string name, string json = "{}") => new(id, name, Arguments(json));

    internal static Dictionary<string, object?> Arguments(string json) =>
        JsonElement.Parse(json).EnumerateObject().ToDictionary(property => property.Name, property => (object?)property.Value);

    internal static ChatResponse Reply(params AIContent[] contents) => new(new ChatMessage(ChatRole.Assistant, contents));

    internal static ScriptedChatClient Then(this ScriptedChatClient client, params AIContent[] contents) => client.Then(_ => Reply(contents));

    internal static async Task<TrialLog> RunAsync(IActor actor, EpisodeRun? run = null, CancellationToken cancellationToken = default)
    {
        var log = new TrialLog();
        var context = new ActorContext { Task = Task, Prompt = actor.CreatePrompt(Task), Trial = 2, Run = run ?? new() };
        await foreach (AgentEvent happened in actor.ActAsync(context, cancellationToken))
        {
            log.Events.Add(happened);
        }

        return log;
    }

    internal static Task<TrialLog> RunAsync(ScriptedChatClient client, AITool tool, ToolCallingOptions? options = null, EpisodeRun? run = null) =>
        RunAsync(new ToolCallingActor(client, [tool], options), run);

    /// <summary>Runs one call of a tool and then an answer; returns the call's step.</summary>
    internal static async Task<TrajectoryStep> StepOfAsync(AITool tool, string json = "{}", ToolCallingOptions? options = null)
    {
        TrialLog log = await RunAsync(new ScriptedChatClient().Then(Call("c", tool.Name, json)).Then("done"), tool, options);
        log.End.Should().Be(new ActorFinished(TrajectoryEnd.Answered, "done"));
        return log.Steps.Single();
    }

    internal sealed class TrialLog
    {
        internal List<AgentEvent> Events { get; } = [];

        internal List<TrajectoryStep> Steps => [.. Events.OfType<StepCompleted>().Select(completed => completed.Step)];

        /// <summary>The one event that ends a trial; it is the last.</summary>
        internal ActorFinished End
        {
            get
            {
                Events.OfType<ActorFinished>().Should().ContainSingle();
                return Events[^1].Should().BeOfType<ActorFinished>().Subject;
            }
        }
    }
}
