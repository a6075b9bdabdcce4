using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

public class TranscriptTests
{
    private static readonly ContextWindow Characters = new() { CountTokens = text => text.Length, MinObservationCharacters = 40, MaxInputTokens = 1_000 };

    [Fact]
    public void It_sends_what_was_added_in_order()
    {
        Transcript transcript = Make(Characters, "system", "task");
        transcript.Add(new ChatMessage(ChatRole.Assistant, "thought"));
        transcript.Add(new Seen("observation"));

        transcript.Messages.Select(message => message.Text).Should().Equal("system", "task", "thought", "seen: observation");
    }

    [Fact]
    public void Without_a_counter_four_characters_and_four_a_message_are_assumed()
    {
        Transcript transcript = Make(new(), "12345678");
        transcript.Add(new Seen("12"));

        transcript.Tokens.Should().Be(4 + 2 + 4 + 2);
    }

    [Fact]
    public void A_counter_counts_every_content_of_a_message()
    {
        var transcript = new Transcript([], Characters, reservedTokens: 7);
        transcript.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", "four"), new TextContent("two"), new TextReasoningContent("x")]));
        transcript.Add(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "f", new Dictionary<string, object?> { ["key"] = "value" })]));

        transcript.Tokens.Should().Be(7 + 4 + 4 + 3 + 1 + 4 + 8 + 3 + 5);
    }

    [Fact]
    public void Each_text_is_counted_once_while_nothing_has_to_be_shortened()
    {
        int counted = 0;
        Transcript transcript = Make(Characters with { CountTokens = text => { counted++; return text.Length; } }, "prompt");
        for (int i = 0; i < 10; i++)
        {
            transcript.Add(new Seen("x"));
            transcript.TryFit().Should().BeTrue();
        }

        counted.Should().Be(11);
    }

    [Fact]
    public void Exactly_the_limit_still_fits_and_nothing_changes()
    {
        Transcript transcript = Make(Characters);
        transcript.Add(new Seen(new string('x', 1_000 - 10)));
        ChatMessage sent = transcript.Messages[0];

        transcript.Tokens.Should().Be(1_000);
        transcript.TryFit().Should().BeTrue();
        transcript.Messages[0].Should().BeSameAs(sent);
    }

    [Fact]
    public void The_largest_observation_is_shortened_first()
    {
        Transcript transcript = Make(Characters, "prompt");
        transcript.Add(new Seen(new string('a', 200)));
        transcript.Add(new Seen(new string('b', 700)));
        transcript.Add(new Seen(new string('c', 100)));

        transcript.TryFit().Should().BeTrue();

        transcript.Messages.Select(message => message.Text).Should().Equal(
            "prompt",
            "seen: " + new string('a', 200),
            $"seen: {new string('b', 161)}… [378 characters omitted] …{new string('b', 161)}",
            "seen: " + new string('c', 100));
    }

    [Fact]
    public void Of_equal_observations_the_oldest_is_shortened_first()
    {
        Transcript transcript = Make(Characters);
        for (int i = 0; i < 4; i++)
        {
            transcript.Add(new Seen(new string((char)('a' + i), 250)));
        }

        transcript.TryFit().Should().BeTrue();

        transcript.Messages.Select(message => message.Text.Length).Should().Equal(6 + 125, 6 + 125, 6 + 125, 6 + 250);
        transcript.Tokens.Should().Be(3 * (10 + 125) + 260);
    }

    [Fact]
    public void A_stroke_frees_a_quarter_of_the_room_that_observations_have()
    {
        Transcript transcript = Make(Characters, new string('p', 196));
        for (int i = 0; i < 9; i++)
        {
            transcript.Add(new Seen(new string('x', 90)));
        }

        transcript.TryFit().Should().BeTrue();

        // 200 are fixed, so 800 are room; each halving frees 45, and 1100 - 45 k <= 800 first holds for k = 7.
        transcript.Tokens.Should().Be(1_100 - 7 * 45);
    }

    [Fact]
    public void After_a_stroke_messages_stay_the_same_until_room_is_needed_again()
    {
        Transcript transcript = Make(Characters);
        int changes = 0;
        ChatMessage[] before = [];
        for (int i = 0; i < 12; i++)
        {
            transcript.Add(new Seen(new string('x', 90)));
            transcript.TryFit().Should().BeTrue();
            changes += before.Where((message, at) => !ReferenceEquals(message, transcript.Messages[at])).Any() ? 1 : 0;
            before = [.. transcript.Messages];
        }

        changes.Should().Be(1);
    }

    [Fact]
    public void An_observation_is_shortened_from_its_whole_text_and_not_below_the_minimum()
    {
        Transcript transcript = Make(Characters, new string('p', 850));
        transcript.Add(new Seen(new string('x', 400)));

        transcript.TryFit().Should().BeTrue();

        transcript.Messages[1].Text.Should().Be("seen: " + Excerpt.Of(new string('x', 400), 100));

        transcript.Add(new ChatMessage(ChatRole.Assistant, new string('y', 37)));
        transcript.TryFit().Should().BeTrue();
        transcript.Messages[1].Text.Should().Be("seen: " + Excerpt.Of(new string('x', 400), 50));

        transcript.Add(new ChatMessage(ChatRole.Assistant, new string('z', 60)));
        transcript.TryFit().Should().BeFalse();
        transcript.Messages[1].Text.Should().Be("seen: " + Excerpt.Of(new string('x', 400), 40));
    }

    [Fact]
    public void A_prompt_that_is_too_long_by_itself_does_not_fit_and_leaves_observations_alone()
    {
        Transcript transcript = Make(Characters, new string('p', 996));
        transcript.Add(new Seen(new string('x', 200)));

        transcript.TryFit().Should().BeFalse();

        transcript.Messages[1].Text.Should().HaveLength(206);
        transcript.Overflow.Should().Be(
            "The next call needs 1210 input tokens with every observation at its shortest, and the context window holds 1000; raise ContextWindow.MaxInputTokens or shorten the prompt.");
    }

    [Fact]
    public void Messages_that_were_sent_are_replaced_and_never_changed()
    {
        Transcript transcript = Make(Characters);
        transcript.Add(new Seen(new string('x', 900)));
        ChatMessage sent = transcript.Messages[0];
        transcript.Add(new Seen(new string('y', 900)));

        transcript.TryFit().Should().BeTrue();

        sent.Text.Should().Be("seen: " + new string('x', 900));
        transcript.Messages[0].Should().NotBeSameAs(sent);
    }

    [Fact]
    public void A_counter_that_does_not_follow_the_length_ends_all_the_same()
    {
        Transcript transcript = Make(Characters with { CountTokens = _ => 600 });
        transcript.Add(new Seen(new string('x', 100_000)));
        transcript.Add(new Seen(new string('y', 100_000)));

        transcript.TryFit().Should().BeFalse();

        transcript.Messages.Should().OnlyContain(message => message.Text.Length <= 46);
    }

    [Theory]
    [InlineData(0, 40)]
    [InlineData(1, 39)]
    public void A_window_out_of_range_is_refused(int tokens, int characters)
    {
        var window = new ContextWindow { MaxInputTokens = tokens, MinObservationCharacters = characters };

        FluentActions.Invoking(window.Validate).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void The_smallest_window_and_the_default_are_sound()
    {
        new ContextWindow { MaxInputTokens = 1, MinObservationCharacters = 40 }.Validate();
        new ContextWindow().Validate();
        new ContextWindow().Should().Be(new ContextWindow { MaxInputTokens = 16_000, MinObservationCharacters = 80, CountTokens = null });
    }

    private static Transcript Make(ContextWindow window, params string[] prompt) =>
        new([.. prompt.Select(text => new ChatMessage(ChatRole.User, text))], window);

    private sealed class Seen(string text) : TranscriptObservation(text)
    {
        internal override ChatMessage ToMessage(string shown) => new(ChatRole.User, $"seen: {shown}");
    }
}
