using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

public class AgentTests
{
    [Theory]
    [MemberData(nameof(Wired.Ways), MemberType = typeof(Wired))]
    public async Task An_agent_learns_although_its_server_fails_now_and_then(string provider, bool streaming)
    {
        await using Wired wired = await Wired.StartAsync(
            provider,
            Reply.Status(429, retryAfter: "3"), Reply.Text("Paris"), // The first trial,
            Reply.Cut(), Reply.Status(500), Reply.Text("I should have read the question: it asks for Norway."), // the lesson,
            Reply.Body("{ not json"), Reply.Status(529), Reply.Cut(), Reply.Text("Oslo")); // the second trial.

        Episode episode = await RunAsync(wired, streaming);

        episode.StopReason.Should().Be(StopReason.Success, episode.StopDetail);
        episode.Answer.Should().Be("Oslo");
        episode.Trials.Should().HaveCount(2);
        episode.Usage.ByComponent[AgentComponent.Actor].Should().BeEquivalentTo(new { Calls = 2, FailedCalls = 0 }, "retries are no calls of the agent");
        wired.Server.Requests.Should().HaveCount(9);
        wired.Server.Requests[^1].Body.ToJsonString().Should().Contain("it asks for Norway");
    }

    [Theory]
    [MemberData(nameof(Wired.Ways), MemberType = typeof(Wired))]
    public async Task A_wrong_key_ends_the_episode_with_one_clear_message_after_one_request(string provider, bool streaming)
    {
        await using Wired wired = await Wired.StartAsync(provider, Reply.Status(401, "No such key."));

        Episode episode = await RunAsync(wired, streaming);

        const string Message =
            "The provider refused the API key (401). Check that the key is set, not expired, and meant for this endpoint. The provider said: No such key.";
        episode.StopReason.Should().Be(StopReason.Failed);
        episode.Failure!.Component.Should().Be(AgentComponent.Actor);
        episode.Failure.Message.Should().Be(Message);
        episode.StopDetail.Should().Be($"The Actor failed: {Message}");
        episode.Failure.Exception.Should().BeOfType<ChatFaultException>().Which.Fault.Kind.Should().Be(ChatFaultKind.Authentication);
        wired.Server.Requests.Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Wired.Providers), MemberType = typeof(Wired))]
    public async Task A_stream_that_breaks_in_the_middle_ends_the_episode_with_what_happened(string provider)
    {
        await using Wired wired = await Wired.StartAsync(provider, Reply.EndEarly(2));

        Episode episode = await RunAsync(wired, streaming: true);

        episode.StopReason.Should().Be(StopReason.Failed);
        episode.Failure!.Exception.Should().BeOfType<ChatStreamInterruptedException>().Which.Text.Should().Be("one two");
    }

    private static async Task<Episode> RunAsync(Wired wired, bool streaming)
    {
        ReflexionAgent agent = ReflexionAgent.CreateBuilder(wired.Client)
            .UseEvaluator((EvaluationContext context) => context.Trajectory.Answer == "Oslo" ? TrajectoryEvaluation.Passed() : TrajectoryEvaluation.Failed("Wrong country."))
            .Build();
        var task = new AgentTask("capital", "What is the capital of Norway?");
        return streaming
            ? ((EpisodeEnded)await agent.RunStreamingAsync(task).LastAsync()).Episode
            : await agent.RunAsync(task);
    }
}
