using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

public class ChatResilienceOptionsTests
{
    public static TheoryData<Action<ChatResilienceOptions>, string> Wrong => new()
    {
        { o => o.MaxRetries = -1, "MaxRetries is -1; it must be in [0, 100]." },
        { o => o.MaxRetries = 101, "MaxRetries is 101; it must be in [0, 100]." },
        { o => o.MaxConcurrentCalls = 0, "MaxConcurrentCalls is 0; it must be at least 1, or null for no limit." },
        { o => o.BaseDelay = TimeSpan.FromTicks(-1), "BaseDelay is -00:00:00.0000001; it must be between zero and a day." },
        { o => o.MaxDelay = TimeSpan.FromDays(1.5), "MaxDelay is 1.12:00:00; it must be between zero and a day." },
        { o => o.MaxRetryAfter = TimeSpan.FromDays(2), "MaxRetryAfter is 2.00:00:00; it must be between zero and a day." },
        { o => o.AttemptTimeout = TimeSpan.Zero, "AttemptTimeout is 00:00:00; it must be above zero and at most a day." },
        { o => o.TotalTimeout = Timeout.InfiniteTimeSpan, "TotalTimeout is -00:00:00.0010000; it must be above zero and at most a day." },
        { o => o.StreamIdleTimeout = TimeSpan.FromDays(2), "StreamIdleTimeout is 2.00:00:00; it must be above zero and at most a day." },
        { o => o.Fallbacks = null!, "Fallbacks is null or holds null; leave it empty for none." },
        { o => o.Fallbacks = [null!], "Fallbacks is null or holds null; leave it empty for none." },
        { o => o.FallsBackOn = null!, "FallsBackOn, Classifier and TimeProvider must not be null." },
        { o => o.Classifier = null!, "FallsBackOn, Classifier and TimeProvider must not be null." },
        { o => o.TimeProvider = null!, "FallsBackOn, Classifier and TimeProvider must not be null." },
        { o => o.CircuitBreaker!.FailureRatio = 0, "CircuitBreaker.FailureRatio is 0; it must be above 0 and at most 1." },
        { o => o.CircuitBreaker!.FailureRatio = 1.1, "CircuitBreaker.FailureRatio is 1.1; it must be above 0 and at most 1." },
        { o => o.CircuitBreaker!.FailureRatio = double.NaN, "CircuitBreaker.FailureRatio is NaN; it must be above 0 and at most 1." },
        { o => o.CircuitBreaker!.MinimumThroughput = 1, "CircuitBreaker.MinimumThroughput is 1; it must be at least 2." },
        { o => o.CircuitBreaker!.SamplingDuration = TimeSpan.FromSeconds(0.4), "CircuitBreaker.SamplingDuration is 00:00:00.4000000; it must be between half a second and a day." },
        { o => o.CircuitBreaker!.BreakDuration = TimeSpan.FromDays(2), "CircuitBreaker.BreakDuration is 2.00:00:00; it must be between half a second and a day." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_option_is_refused_with_what_is_wrong(Action<ChatResilienceOptions> configure, string message)
    {
        var options = new ChatResilienceOptions();
        configure(options);

        options.Validate().Should().Equal(message);
        FluentActions.Invoking(() => new StubChatClient().WithResilience(options)).Should().Throw<ArgumentException>()
            .WithMessage($"{message} (Parameter 'options')");
    }

    [Fact]
    public void Several_wrong_options_are_all_named() =>
        FluentActions.Invoking(() => new StubChatClient().WithResilience(new() { MaxRetries = -1, MaxConcurrentCalls = 0 })).Should().Throw<ArgumentException>()
            .WithMessage("MaxRetries is -1; it must be in [0, 100]. MaxConcurrentCalls is 0; it must be at least 1, or null for no limit. (Parameter 'options')");

    [Fact]
    public void Extreme_but_sound_options_are_taken()
    {
        var day = TimeSpan.FromDays(1);
        var halfSecond = TimeSpan.FromSeconds(0.5);
        foreach (ChatResilienceOptions options in new ChatResilienceOptions[]
        {
            new(),
            new() { CircuitBreaker = null, MaxConcurrentCalls = null },
            new()
            {
                MaxRetries = 0, MaxConcurrentCalls = 1, BaseDelay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero, MaxRetryAfter = TimeSpan.Zero, AttemptTimeout = TimeSpan.FromTicks(1),
                CircuitBreaker = new() { FailureRatio = 0.001, MinimumThroughput = 2, SamplingDuration = halfSecond, BreakDuration = halfSecond },
            },
            new()
            {
                MaxRetries = 100, BaseDelay = day, MaxDelay = day, MaxRetryAfter = day, AttemptTimeout = day, TotalTimeout = day, StreamIdleTimeout = day,
                CircuitBreaker = new() { FailureRatio = 1, MinimumThroughput = 1000, SamplingDuration = day, BreakDuration = day },
            },
        })
        {
            options.Validate().Should().BeEmpty();
            using IChatClient client = new StubChatClient().WithResilience(options);
        }
    }

    [Fact]
    public void The_defaults_are_those_documented() => new ChatResilienceOptions().Should().BeEquivalentTo(new
    {
        MaxRetries = 4,
        BaseDelay = TimeSpan.FromSeconds(1),
        MaxDelay = TimeSpan.FromSeconds(30),
        MaxRetryAfter = TimeSpan.FromSeconds(60),
        AttemptTimeout = TimeSpan.FromSeconds(100),
        TotalTimeout = TimeSpan.FromMinutes(5),
        StreamIdleTimeout = TimeSpan.FromSeconds(60),
        BufferStreams = false,
        RequireFinishReason = true,
        MaxConcurrentCalls = 64,
        Seed = 0,
        CircuitBreaker = new { FailureRatio = 0.8, MinimumThroughput = 20, SamplingDuration = TimeSpan.FromMinutes(1), BreakDuration = TimeSpan.FromSeconds(30) },
    });

    [Fact]
    public async Task Later_changes_of_the_options_have_no_effect()
    {
        var stub = new StubChatClient { Respond = (_, _) => throw new IOException("Cut") };
        var options = new ChatResilienceOptions { MaxRetries = 0, CircuitBreaker = new() };
        using IChatClient client = stub.WithResilience(options);

        options.MaxRetries = 3;
        options.CircuitBreaker.MinimumThroughput = -1;

        await FluentActions.Awaiting(() => client.GetResponseAsync("Hi")).Should().ThrowAsync<ChatFaultException>();
        stub.Calls.Should().Be(1);
    }

    [Fact]
    public void A_missing_client_is_refused() =>
        FluentActions.Invoking(() => ((IChatClient)null!).WithResilience()).Should().Throw<ArgumentNullException>().WithParameterName("client");
}
