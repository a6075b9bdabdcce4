using Microsoft.Extensions.AI;

namespace Reflexion.Testing.Tests;

public sealed class CassetteMismatchTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task It_shows_where_the_closest_recorded_request_differs()
    {
        await RecordAsync(([Ask.User("Something else entirely")], null), ([new(ChatRole.System, "Be brief."), Ask.User("What is the capital of France?")], null));

        CassetteMismatchException fault = await ReplayAsync([new(ChatRole.System, "Be brief."), Ask.User("What is the capital of Spain, and why?")]);

        fault.Message.Should().Be($"The cassette '{_file.Path}' holds no answer to this request.\n{fault.Difference}");
        fault.Difference.Should().Be(
            """
            The closest recorded request is call 2 of 2 (not played yet).
            Message 2 differs at character 30:
              recorded: user: What is the capital of France?
              received: user: What is the capital of Spain, and why?
                                                     ^
            """);
    }

    [Fact]
    public async Task Long_messages_are_shown_around_the_difference()
    {
        string text = string.Concat(Enumerable.Repeat("0123456789", 20));
        await RecordAsync(([Ask.User($"{text}A\n{text}")], null));

        CassetteMismatchException fault = await ReplayAsync([Ask.User($"{text}B\n{text}")]);

        fault.Difference.Should().Be(
            """
            The closest recorded request is call 1 of 1 (not played yet).
            Message 1 differs at character 207:
              recorded: …012345678901234567890123456789A⏎0123456789012345678901234567890123456789012345678901234567…
              received: …012345678901234567890123456789B⏎0123456789012345678901234567890123456789012345678901234567…
                                                       ^
            """);
    }

    [Fact]
    public async Task It_shows_messages_that_are_missing_or_new()
    {
        await RecordAsync(([Ask.User("a"), Ask.User("b")], null));

        (await ReplayAsync([Ask.User("a")])).Difference.Should().Be(
            """
            The closest recorded request is call 1 of 1 (not played yet).
            Message 2 differs:
              recorded: user: b
              received: (none)
            Messages: 2 recorded, 1 received.
            """);
        (await ReplayAsync([Ask.User("a"), Ask.User("b"), Ask.User("c")])).Difference.Should().Contain("Message 3 differs:\n  recorded: (none)\n  received: user: c\nMessages: 2 recorded, 3 received.");
    }

    [Fact]
    public async Task It_shows_options_that_differ()
    {
        await RecordAsync(([Ask.User("a")], new() { Temperature = 0, ModelId = "m", Tools = [AIFunctionFactory.Create((int x) => x, "twice", "Doubles.")] }));

        CassetteMismatchException fault = await ReplayAsync([Ask.User("a")], new() { Temperature = 1, ModelId = "m", StopSequences = ["END"] });

        fault.Difference.Should().StartWith(
            """
            The closest recorded request is call 1 of 1 (not played yet).
            Option stop differs:
              recorded: (none)
              received: ["END"]
            Option temperature differs at character 1:
              recorded: 0
              received: 1
                        ^
            Option tool 1 differs:
              recorded: twice Doubles. {
            """);
    }

    [Fact]
    public async Task A_request_asked_too_often_is_told_so()
    {
        await RecordAsync(([Ask.User("a")], null), ([Ask.User("a")], null));
        using var replay = new ReplayChatClient(Cassette.Open(_file.Path));
        await replay.TextAsync("a");
        await replay.StreamTextAsync("a");

        (await replay.Awaiting(r => r.TextAsync("a")).Should().ThrowAsync<CassetteMismatchException>()).Which.Message.Should().Be(
            $"The cassette '{_file.Path}' holds 2 answers to this request, and they were played already: it was asked for once more.\nThe request:\n  1. user: a");
    }

    [Fact]
    public async Task A_cassette_that_does_not_exist_is_told_so()
    {
        (await ReplayAsync([Ask.User("a")])).Message.Should().Be(
            $"The cassette '{_file.Path}' is empty or does not exist. Record the calls first, with CassetteMode.Record or Auto.\nThe request:\n  1. user: a");
        File.Exists(_file.Path).Should().BeFalse();
    }

    [Fact]
    public async Task Of_two_equally_close_the_one_not_played_yet_is_shown()
    {
        await RecordAsync(([Ask.User("ab")], null), ([Ask.User("ac")], null));
        using var replay = new ReplayChatClient(Cassette.Open(_file.Path));
        await replay.TextAsync("ab");

        (await replay.Awaiting(r => r.StreamTextAsync("ad")).Should().ThrowAsync<CassetteMismatchException>()).Which.Difference.Should().Contain("is call 2 of 2 (not played yet)");
        await replay.TextAsync("ac");
        (await replay.Awaiting(r => r.TextAsync("ad")).Should().ThrowAsync<CassetteMismatchException>()).Which.Difference.Should().Contain("is call 1 of 2 (played already)");
    }

    [Fact]
    public async Task Every_kind_of_content_is_shown()
    {
        CassetteMismatchException fault = await ReplayAsync(
        [
            new(ChatRole.Assistant,
            [
                new TextContent("well"), new TextReasoningContent("hm"),
                new FunctionCallContent("id", "f", new Dictionary<string, object?> { ["a"] = 1 }), new FunctionResultContent("id", "r"),
            ])
            { AuthorName = "Al" },
            new(ChatRole.User,
            [
                new DataContent(new byte[] { 1 }, "image/png") { Name = "n" }, new UriContent("https://x.org/", "a/b"),
                new ErrorContent("e") { ErrorCode = "7", Details = "d" }, new HostedFileContent("f7"),
            ]),
        ]);

        fault.Difference.Should().StartWith(
            """
            The request:
              1. assistant (Al): well [reasoning: hm] [call 1: f {"a":1}] [result of call 1: r]
              2. user: [data image/png: 1 bytes, sha256 4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a n] [a/b: https://x.org/] [error 7: e d] [other: {"$type":"hostedFile",
            """);
    }

    private async Task RecordAsync(params (ChatMessage[] Messages, ChatOptions? Options)[] requests)
    {
        using IChatClient client = new ScriptedChatClient().Otherwise("x").WithCassette(_file.Path, CassetteMode.Record);
        foreach ((ChatMessage[] messages, ChatOptions? options) in requests)
        {
            await client.GetResponseAsync(messages, options);
        }
    }

    private async Task<CassetteMismatchException> ReplayAsync(ChatMessage[] messages, ChatOptions? options = null)
    {
        using var replay = new ReplayChatClient(Cassette.Open(_file.Path));
        return (await replay.Awaiting(r => r.GetResponseAsync(messages, options)).Should().ThrowAsync<CassetteMismatchException>()).Which;
    }
}
