using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

public class TimeoutTests
{
    [Theory]
    [MemberData(nameof(Wired.Ways), MemberType = typeof(Wired))]
    public async Task A_server_that_hangs_is_asked_again_after_the_attempt_timeout(string provider, bool streaming)
    {
        var hung = new TaskCompletionSource();
        await using Wired wired = await Wired.StartAsync(provider, Reply.Hang(hung));

        Task<ChatResponse> asked = wired.AskAsync(streaming);
        await hung.Task;
        wired.Time.Advance(TimeSpan.FromSeconds(100));

        (await asked).Text.Should().Be(LoopbackServer.Answer);
        wired.Server.Requests.Should().HaveCount(2);
    }

    [Theory]
    [MemberData(nameof(Wired.Ways), MemberType = typeof(Wired))]
    public async Task The_total_timeout_ends_a_call_with_a_typed_error(string provider, bool streaming)
    {
        var hung = new TaskCompletionSource();
        await using Wired wired = await Wired.StartAsync(
            provider, options => options.TotalTimeout = TimeSpan.FromSeconds(90), Reply.Status(500, "Broken."), Reply.Hang(hung));

        Task<ChatResponse> asked = wired.AskAsync(streaming);
        await hung.Task;
        wired.Time.Advance(TimeSpan.FromSeconds(90));

        ChatFaultException fault = (await FluentActions.Awaiting(() => asked).Should().ThrowAsync<ChatFaultException>()).Which;
        fault.Fault.Kind.Should().Be(ChatFaultKind.Timeout);
        fault.Message.Should().Be(
            "The call was not done within 90 s. Try again later, or raise TotalTimeout. The last fault: The provider is overloaded or failing (500). Try again later, or add a fallback client. The provider said: Broken. The call was made 2 times.");
        wired.Server.Requests.Should().HaveCount(2);
    }

    [Theory]
    [MemberData(nameof(Wired.Ways), MemberType = typeof(Wired))]
    public async Task Cancelling_reaches_the_server_and_is_never_retried(string provider, bool streaming)
    {
        var hung = new TaskCompletionSource();
        await using Wired wired = await Wired.StartAsync(provider, Reply.Hang(hung));
        using var cancellation = new CancellationTokenSource();

        Task<ChatResponse> asked = wired.AskAsync(streaming, cancellationToken: cancellation.Token);
        await hung.Task;
        await cancellation.CancelAsync();

        (await FluentActions.Awaiting(() => asked).Should().ThrowAsync<OperationCanceledException>())
            .Which.CancellationToken.Should().Be(cancellation.Token);
        wired.Server.Requests.Should().ContainSingle();
    }
}
