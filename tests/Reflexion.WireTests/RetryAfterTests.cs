using System.Globalization;
using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

public class RetryAfterTests
{
    [Theory]
    [MemberData(nameof(Wired.Ways), MemberType = typeof(Wired))]
    public async Task The_provider_is_given_the_seconds_it_asks_for(string provider, bool streaming)
    {
        await using Wired wired = await Wired.StartAsync(provider, Reply.Status(429, retryAfter: "17"), Reply.Status(503, retryAfter: "42"));

        (await wired.AskAsync(streaming)).Text.Should().Be(LoopbackServer.Answer);

        wired.Server.Requests.Should().HaveCount(3);
        wired.Time.Leaps.Should().HaveCount(2);
        wired.Time.Leaps[0].TotalSeconds.Should().BeInRange(17, 18, "up to the base delay is added");
        wired.Time.Leaps[1].TotalSeconds.Should().BeInRange(42, 43);
    }

    [Theory]
    [MemberData(nameof(Wired.Ways), MemberType = typeof(Wired))]
    public async Task The_provider_is_given_until_the_date_it_names(string provider, bool streaming)
    {
        DateTimeOffset start = new LeapingTime(TimeSpan.Zero).GetUtcNow();
        string date = start.AddSeconds(23).ToString("r", CultureInfo.InvariantCulture);
        await using Wired wired = await Wired.StartAsync(provider, Reply.Status(429, retryAfter: date));

        (await wired.AskAsync(streaming)).Text.Should().Be(LoopbackServer.Answer);

        wired.Time.Leaps.Should().ContainSingle().Which.TotalSeconds.Should().BeInRange(23, 24);
    }

    [Theory]
    [MemberData(nameof(Wired.Ways), MemberType = typeof(Wired))]
    public async Task A_longer_wait_than_the_cap_ends_the_call_with_a_clear_error(string provider, bool streaming)
    {
        await using Wired wired = await Wired.StartAsync(provider, Reply.Status(429, "Slow down.", retryAfter: "61"));

        ChatFaultException fault = (await FluentActions.Awaiting(() => wired.AskAsync(streaming)).Should().ThrowAsync<ChatFaultException>()).Which;

        fault.Message.Should().Be(
            "The provider asks to wait 61 s, longer than the 60 s that MaxRetryAfter allows. The provider limits the rate of calls (429). Make fewer at once, or raise the plan's limit. The provider said: Slow down.");
        fault.Fault.RetryAfter.Should().Be(TimeSpan.FromSeconds(61));
        wired.Server.Requests.Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Wired.Ways), MemberType = typeof(Wired))]
    public async Task An_unreadable_wait_is_left_to_the_backoff(string provider, bool streaming)
    {
        await using Wired wired = await Wired.StartAsync(provider, Reply.Status(429, retryAfter: "soon"));

        (await wired.AskAsync(streaming)).Text.Should().Be(LoopbackServer.Answer);

        wired.Server.Requests.Should().HaveCount(2);
        wired.Time.Leaps.Should().ContainSingle().Which.TotalSeconds.Should().BeInRange(0, 5);
    }
}
