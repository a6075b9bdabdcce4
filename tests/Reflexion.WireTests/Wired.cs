using Microsoft.Extensions.AI;
using Reflexion.Samples;

namespace Reflexion.Tests;

/// <summary>A server of a provider's format and the client that a sample would use with it.</summary>
internal sealed class Wired : IAsyncDisposable
{
    // Above every timeout's default lies no wait, below it no timeout: waits are leapt over, timeouts are the test's.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(59);

    private Wired(LoopbackServer server, ChatResilienceOptions options, LeapingTime time)
    {
        Server = server;
        Time = time;
        Client = ChatProvider.Create(Arguments(server), () => throw new InvalidOperationException("not scripted"), options, _ => "the-key");
    }

    public LoopbackServer Server { get; }

    public LeapingTime Time { get; }

    public IChatClient Client { get; }

    public static TheoryData<string, bool> Ways => new() { { "openai", false }, { "openai", true }, { "anthropic", false }, { "anthropic", true } };

    public static TheoryData<string> Providers => new() { "openai", "anthropic" };

    public static Task<Wired> StartAsync(string provider, params Func<Exchange, Task>[] replies) => StartAsync(provider, _ => { }, replies);

    public static async Task<Wired> StartAsync(string provider, Action<ChatResilienceOptions> configure, params Func<Exchange, Task>[] replies)
    {
        var time = new LeapingTime(LongestWait);
        var options = new ChatResilienceOptions { TimeProvider = time };
        configure(options);
        return new(await LoopbackServer.StartAsync(provider, replies), options, time);
    }

    public static ProviderArguments Arguments(LoopbackServer server) => server.Format is OpenAIWire
        ? new("openai", "a-model", new Uri(server.Address, "v1"))
        : new("anthropic", "a-model", server.Address);

    public async Task<ChatResponse> AskAsync(bool streaming, ChatOptions? options = null, CancellationToken cancellationToken = default) => streaming
        ? await Client.GetStreamingResponseAsync("How are you?", options, cancellationToken).ToChatResponseAsync(cancellationToken)
        : await Client.GetResponseAsync("How are you?", options, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
