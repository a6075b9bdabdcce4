using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

public class StreamTests
{
    [Theory]
    [MemberData(nameof(Wired.Providers), MemberType = typeof(Wired))]
    public async Task A_stream_arrives_word_by_word(string provider)
    {
        await using Wired wired = await Wired.StartAsync(provider);

        List<ChatResponseUpdate> updates = await wired.Client.GetStreamingResponseAsync("Hi").ToListAsync();

        updates.Where(update => update.Text.Length > 0).Select(update => update.Text).Should().Equal("All", " is", " well", " again");
    }

    [Theory]
    [MemberData(nameof(Wired.Providers), MemberType = typeof(Wired))]
    public async Task A_connection_that_breaks_after_words_were_handed_on_is_reported_with_them(string provider)
    {
        var read = new TaskCompletionSource();
        await using Wired wired = await Wired.StartAsync(provider, Reply.CutAfter(2, read.Task));

        (string seen, ChatStreamInterruptedException fault) = await ReadToFaultAsync(wired, text =>
        {
            if (text == "one two")
            {
                read.SetResult();
            }
        });

        seen.Should().Be("one two");
        fault.Text.Should().Be("one two");
        fault.Fault.Kind.Should().Be(ChatFaultKind.Transient);
        fault.Message.Should().StartWith("The stream was interrupted after 7 characters. The connection to the provider failed.");
        wired.Server.Requests.Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Wired.Providers), MemberType = typeof(Wired))]
    public async Task A_stream_that_ends_without_a_finish_reason_is_reported_as_cut(string provider)
    {
        await using Wired wired = await Wired.StartAsync(provider, Reply.EndEarly(3));

        (string seen, ChatStreamInterruptedException fault) = await ReadToFaultAsync(wired);

        seen.Should().Be("one two three");
        fault.Text.Should().Be("one two three");
        fault.Message.Should().Be(
            "The stream was interrupted after 13 characters. The stream ended without a finish reason, so it counts as cut. For a provider that never sends one, set RequireFinishReason to false. Ask again, or set BufferStreams to have whole streams retried.");
    }

    [Theory]
    [MemberData(nameof(Wired.Providers), MemberType = typeof(Wired))]
    public async Task Such_an_end_is_taken_for_good_when_no_finish_reason_is_required(string provider)
    {
        await using Wired wired = await Wired.StartAsync(provider, options => options.RequireFinishReason = false, Reply.EndEarly(3));

        (await wired.AskAsync(streaming: true)).Text.Should().Be("one two three");
    }

    [Theory]
    [MemberData(nameof(Wired.Providers), MemberType = typeof(Wired))]
    public async Task A_stream_that_falls_silent_is_ended_by_the_idle_timeout(string provider)
    {
        await using Wired wired = await Wired.StartAsync(provider, Reply.HangAfter(1));
        await using IAsyncEnumerator<ChatResponseUpdate> updates = wired.Client.GetStreamingResponseAsync("Hi").GetAsyncEnumerator();
        while (await updates.MoveNextAsync() && updates.Current.Text != "one")
        {
        }

        ValueTask<bool> silence = updates.MoveNextAsync();
        wired.Time.Advance(TimeSpan.FromSeconds(60));

        ChatStreamInterruptedException fault =
            (await FluentActions.Awaiting(async () => await silence).Should().ThrowAsync<ChatStreamInterruptedException>()).Which;
        fault.Fault.Kind.Should().Be(ChatFaultKind.Timeout);
        fault.Message.Should().Contain("The provider was silent for 60 s. Try again later, or raise StreamIdleTimeout.");
    }

    [Theory]
    [MemberData(nameof(Wired.Providers), MemberType = typeof(Wired))]
    public async Task An_error_within_a_stream_is_not_taken_for_its_end(string provider)
    {
        await using Wired wired = await Wired.StartAsync(provider, Reply.ErrorEvent(2));

        (string seen, ChatStreamInterruptedException fault) = await ReadToFaultAsync(wired);

        seen.Should().Be("one two");
        fault.Fault.IsTransient.Should().BeTrue();
        fault.Fault.StatusCode.Should().Be(provider == "anthropic" ? 529 : null, "OpenAI's SDK passes over errors within a stream");
    }

    [Theory]
    [MemberData(nameof(Wired.Providers), MemberType = typeof(Wired))]
    public async Task An_error_event_before_the_first_word_is_retried(string provider)
    {
        await using Wired wired = await Wired.StartAsync(provider, Reply.ErrorEvent());

        (await wired.AskAsync(streaming: true)).Text.Should().Be(LoopbackServer.Answer);

        wired.Server.Requests.Should().HaveCount(2);
    }

    [Theory]
    [MemberData(nameof(Wired.Providers), MemberType = typeof(Wired))]
    public async Task Buffered_streams_are_retried_whole(string provider)
    {
        await using Wired wired = await Wired.StartAsync(
            provider, options => options.BufferStreams = true, Reply.EndEarly(3), Reply.CutAfter(2, Task.CompletedTask), Reply.ErrorEvent(1));

        (await wired.AskAsync(streaming: true)).Text.Should().Be(LoopbackServer.Answer);

        wired.Server.Requests.Should().HaveCount(4);
    }

    [Theory]
    [MemberData(nameof(Wired.Providers), MemberType = typeof(Wired))]
    public async Task Reading_no_further_ends_the_request(string provider)
    {
        var gone = new TaskCompletionSource();
        await using Wired wired = await Wired.StartAsync(provider, async exchange =>
        {
            await Reply.HangAfter(1)(exchange);
            gone.SetResult();
        });

        await foreach (ChatResponseUpdate update in wired.Client.GetStreamingResponseAsync("Hi"))
        {
            if (update.Text == "one")
            {
                break;
            }
        }

        await gone.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static async Task<(string Seen, ChatStreamInterruptedException Fault)> ReadToFaultAsync(Wired wired, Action<string>? onText = null)
    {
        string seen = "";
        try
        {
            await foreach (ChatResponseUpdate update in wired.Client.GetStreamingResponseAsync("Hi"))
            {
                seen += update.Text;
                if (update.Text.Length > 0)
                {
                    onText?.Invoke(seen);
                }
            }
        }
        catch (ChatStreamInterruptedException fault)
        {
            return (seen, fault);
        }

        throw new InvalidOperationException($"The stream ended in good order after '{seen}'.");
    }
}
