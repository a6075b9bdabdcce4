using Microsoft.Extensions.AI;
using static Reflexion.Tests.ResilientChatClientTests;

namespace Reflexion.Tests;

public class FallbackTests
{
    private readonly LeapingTime _time = new(TimeSpan.FromSeconds(45));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_next_client_answers_when_one_is_exhausted(bool streaming)
    {
        StubChatClient first = Failing(500);
        StubChatClient second = Failing(503);
        var third = new StubChatClient { Respond = (_, _) => Task.FromResult(StubChatClient.Reply("third")), Stream = (_, _) => StubChatClient.Updates(["third", "."]) };
        using IChatClient client = Resilient(first, second, third);

        (await AskAsync(client, streaming)).Text.Should().Be("third");

        first.Calls.Should().Be(5);
        second.Calls.Should().Be(5);
        third.Calls.Should().Be(1);
    }

    [Theory]
    [InlineData(402, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    public async Task Faults_that_a_fallback_would_only_hide_are_not_handed_to_it(int status, bool fallsBack)
    {
        var fallback = new StubChatClient();
        using IChatClient client = Resilient(Failing(status), fallback);

        Func<Task> ask = () => client.GetResponseAsync("Hi");

        await (fallsBack ? ask.Should().NotThrowAsync() : (Task)ask.Should().ThrowAsync<ChatFaultException>());
        fallback.Calls.Should().Be(fallsBack ? 1 : 0);
    }

    [Fact]
    public async Task Which_faults_those_are_can_be_set()
    {
        var options = new ChatResilienceOptions { TimeProvider = _time, Fallbacks = [new StubChatClient()], FallsBackOn = fault => fault.StatusCode == 404 };
        using IChatClient client = Failing(404).WithResilience(options);
        using IChatClient other = Failing(500).WithResilience(options);

        await FluentActions.Awaiting(() => client.GetResponseAsync("Hi")).Should().NotThrowAsync();
        await FluentActions.Awaiting(() => other.GetResponseAsync("Hi")).Should().ThrowAsync<ChatFaultException>();
    }

    [Fact]
    public async Task When_all_fail_the_error_tells_of_each()
    {
        using IChatClient client = Resilient(Failing(503), Failing(401));

        ChatFaultException fault = (await FluentActions.Awaiting(() => client.GetResponseAsync("Hi")).Should().ThrowAsync<ChatFaultException>()).Which;

        fault.Message.Should().Be(
            "The provider is overloaded or failing (503). Try again later, or add a fallback client. The provider said: No luck "
            + "The fallback failed too: The provider refused the API key (401). Check that the key is set, not expired, and meant for this endpoint. The provider said: No luck "
            + "The call was made 6 times.");
        fault.Fault.StatusCode.Should().Be(503);
        fault.Attempts.Should().Be(6);
        fault.InnerException.Should().BeOfType<AggregateException>().Which.InnerExceptions.Should().HaveCount(2);
    }

    [Fact]
    public async Task The_error_tells_of_every_fallback_and_is_not_retried_by_a_resilient_client_around_it()
    {
        StubChatClient first = Failing(500);
        using IChatClient client = Resilient(Resilient(first, Failing(402), Failing(404)));

        (await FluentActions.Awaiting(() => client.GetResponseAsync("Hi")).Should().ThrowAsync<ChatFaultException>()).WithMessage(
            "*The fallback failed too: The provider's quota or credit is used up (402). Check the plan and its billing. The provider said: No luck The provider does not know the model or the address (404).*");

        first.Calls.Should().Be(5);
    }

    [Fact]
    public async Task The_model_asked_for_is_the_first_providers_only()
    {
        ChatOptions? seen = null;
        using IChatClient client = Resilient(Failing(500), new StubChatClient { OnOptions = options => seen = options });
        var options = new ChatOptions { ModelId = "mine", Temperature = 0.5f };

        await client.GetResponseAsync("Hi", options);

        seen!.ModelId.Should().BeNull();
        seen.Temperature.Should().Be(0.5f);
        options.ModelId.Should().Be("mine");
    }

    [Fact]
    public async Task A_conversation_that_the_first_provider_keeps_is_not_continued_elsewhere()
    {
        var fallback = new StubChatClient();
        using IChatClient client = Resilient(Failing(500), fallback);

        await FluentActions.Awaiting(() => client.GetResponseAsync("Hi", new ChatOptions { ConversationId = "c1" })).Should().ThrowAsync<ChatFaultException>();

        fallback.Calls.Should().Be(0);
    }

    [Fact]
    public async Task A_stream_that_has_begun_is_not_continued_elsewhere()
    {
        var fallback = new StubChatClient();
        using IChatClient client = Resilient(new StubChatClient { Stream = (_, _) => StubChatClient.Updates(["Hello"], new IOException("Cut")) }, fallback);

        await FluentActions.Awaiting(() => AskAsync(client, streaming: true)).Should().ThrowAsync<ChatStreamInterruptedException>();

        fallback.Calls.Should().Be(0);
    }

    [Fact]
    public async Task Cancelling_does_not_fall_back()
    {
        using var cancellation = new CancellationTokenSource();
        var fallback = new StubChatClient();
        using IChatClient client = Resilient(new StubChatClient { Respond = async (_, token) => await NeverAsync(token) }, fallback);

        Task<ChatResponse> asked = client.GetResponseAsync("Hi", cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        await FluentActions.Awaiting(() => asked).Should().ThrowAsync<OperationCanceledException>();
        fallback.Calls.Should().Be(0);
    }

    private static StubChatClient Failing(int status) => new() { Respond = (_, _) => throw Status(status), Stream = (_, _) => throw Status(status) };

    private IChatClient Resilient(IChatClient client, params IChatClient[] fallbacks) => client.WithResilience(new() { TimeProvider = _time, Fallbacks = fallbacks });
}
