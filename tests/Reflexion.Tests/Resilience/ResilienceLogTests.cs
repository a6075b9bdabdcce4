using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using static Reflexion.Tests.ResilientChatClientTests;

namespace Reflexion.Tests;

public class ResilienceLogTests
{
    [Fact]
    public async Task Retries_fallbacks_and_the_circuit_are_logged()
    {
        using var log = new Recorder();
        bool isDown = true;
        var time = new LeapingTime(TimeSpan.FromSeconds(29));
        var stub = new StubChatClient { Respond = (_, _) => isDown ? throw Status(500) : Task.FromResult(StubChatClient.Reply("ok")) };
        using IChatClient client = stub.WithResilience(new()
        {
            TimeProvider = time,
            LoggerFactory = log,
            MaxRetries = 1,
            BaseDelay = TimeSpan.Zero,
            Fallbacks = [new StubChatClient()],
            CircuitBreaker = new() { MinimumThroughput = 2 },
        });

        await client.GetResponseAsync("Hi");
        time.Advance(TimeSpan.FromSeconds(30));
        isDown = false;
        await client.GetResponseAsync("Hi");

        const string Fault = "The provider is overloaded or failing (500). Try again later, or add a fallback client. The provider said: No luck";
        log.Lines.Should().Equal(
            $"Warning 1 Retry 1 of 1 in 00:00:00: {Fault}",
            $"Error 3 The circuit is open for 00:00:30: {Fault}",
            $"Warning 2 Falling back to client 1 of 1: {Fault} The call was made 2 times.",
            "Information 4 The circuit is closed again");

    }

    private sealed class Recorder : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName)
        {
            categoryName.Should().Be("Reflexion.Resilience");
            return this;
        }

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)}");
    }
}
