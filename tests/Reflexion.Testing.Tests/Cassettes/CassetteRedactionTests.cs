using Microsoft.Extensions.AI;

namespace Reflexion.Testing.Tests;

public sealed class CassetteRedactionTests : IDisposable
{
    private const string Secret = "sk-12345";
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_secret_is_nowhere_in_the_file_and_requests_still_match()
    {
        using var model = new ScriptedChatClient().Then(_ => new(new ChatMessage(ChatRole.Assistant,
        [
            new TextContent($"a {Secret}"),
            new TextReasoningContent($"b {Secret}"),
            new FunctionCallContent("c", "f", new Dictionary<string, object?> { ["x"] = new[] { Secret }, ["n"] = 1 }),
            new FunctionResultContent("c", new Dictionary<string, object?> { ["y"] = Secret }),
            new FunctionResultContent("d", new TextContent(Secret)),
            new FunctionResultContent("e", new AIContent[] { new TextContent(Secret[..4]), new TextContent(Secret[4..]) }),
            new UriContent($"https://x.org/{Secret}", "a/b"),
            new DataContent(new byte[] { 1 }, "a/b") { Name = Secret },
            new ErrorContent(Secret) { Details = Secret },
            new HostedFileContent(Secret),
        ])));
        ChatMessage[] messages =
        [
            new(ChatRole.System, [new TextContent($"key {Secret[..5]}"), new TextContent(Secret[5..])]) { AuthorName = Secret },
            new(ChatRole.Tool, [new FunctionResultContent("c", Secret)]),
        ];
        var options = new ChatOptions
        {
            Instructions = Secret,
            StopSequences = [Secret],
            Tools = [AIFunctionFactory.Create(() => 1, "f", Secret)],
            AdditionalProperties = new() { ["authorization"] = Secret },
            RawRepresentationFactory = _ => Secret,
        };
        using (IChatClient client = model.WithCassette(_file.Path, CassetteMode.Record, Redact))
        {
            (await client.GetResponseAsync(messages, options)).Text.Should().Contain(Secret, "only the file is redacted");
        }

        _file.Text.Should().NotContain(Secret).And.NotContain("12345").And.NotContain("authorization");
        using var replay = new ReplayChatClient(Cassette.Open(_file.Path, Redact));
        ChatResponse response = await replay.GetResponseAsync(messages, options);
        response.Text.Should().Be("a [KEY]");
        response.Messages[0].Contents.OfType<FunctionResultContent>().ElementAt(2).Result!.ToString().Should().Be("""[{"kind":"text","text":"[KEY]"}]""");
    }

    [Fact]
    public async Task A_secret_cut_in_pieces_by_a_stream_is_found()
    {
        string[] pieces = ["the key ", "is sk-", "123", "", "45", " indeed"];
        using var model = new DelegateChatClient(stream: (_, _) => pieces.Select(piece => new ChatResponseUpdate(ChatRole.Assistant, piece)).ToAsyncEnumerable());
        using (IChatClient client = model.WithCassette(_file.Path, CassetteMode.Record, Redact))
        {
            (await client.StreamTextAsync("q")).Should().Contain(Secret);
        }

        _file.Text.Should().NotContain("123").And.NotContain("45");
        using var replay = new ReplayChatClient(Cassette.Open(_file.Path, Redact));
        (await replay.StreamTextAsync("q")).Should().Be("the key is [KEY] indeed");
    }

    [Fact]
    public async Task Pieces_without_a_secret_stay_as_they_came()
    {
        using (IChatClient client = new ScriptedChatClient("one two three").WithCassette(_file.Path, CassetteMode.Record, Redact))
        {
            await client.StreamTextAsync("q");
        }

        using var replay = new ReplayChatClient(Cassette.Open(_file.Path, Redact));
        (await replay.StreamAsync(Ask.User("q"))).Select(update => update.Text).Should().Equal("one ", "two ", "three", "");
    }

    [Fact]
    public async Task Text_and_reasoning_are_redacted_apart()
    {
        using var model = new DelegateChatClient(stream: (_, _) => new AIContent[]
        {
            new TextReasoningContent("sk-"), new TextReasoningContent("12345"), new UsageContent(new() { InputTokenCount = 1 }), new TextContent("s"), new TextContent("k-12345"), new TextContent("!"),
        }.Select(content => new ChatResponseUpdate(ChatRole.Assistant, [content])).ToAsyncEnumerable());
        using (IChatClient client = model.WithCassette(_file.Path, CassetteMode.Record, Redact))
        {
            await client.StreamTextAsync("q");
        }

        using var replay = new ReplayChatClient(Cassette.Open(_file.Path, Redact));
        ChatResponse response = (await replay.StreamAsync(Ask.User("q"))).ToChatResponse();
        response.Messages.Single().Contents.OfType<TextReasoningContent>().Single().Text.Should().Be("[KEY]");
        response.Text.Should().Be("[KEY]!");
        response.Usage!.InputTokenCount.Should().Be(1);
    }

    [Fact]
    public async Task The_message_of_a_fault_is_redacted()
    {
        using (IChatClient client = new ScriptedChatClient().ThenThrow(new InvalidOperationException($"wrong key {Secret}")).WithCassette(_file.Path, CassetteMode.Record, Redact))
        {
            await client.Awaiting(c => c.TextAsync("q")).Should().ThrowAsync<InvalidOperationException>();
        }

        _file.Text.Should().NotContain(Secret).And.Contain("wrong key [KEY]");
    }

    [Fact]
    public async Task Additional_properties_and_raw_representations_are_never_written()
    {
        var extra = new AdditionalPropertiesDictionary { ["x"] = "hidden" };
        using var model = new ScriptedChatClient().Then(_ => new(new ChatMessage(ChatRole.Assistant,
        [
            new TextContent("a") { AdditionalProperties = extra, RawRepresentation = "hidden" },
            new HostedFileContent("f") { AdditionalProperties = extra, RawRepresentation = "hidden" },
            new FunctionCallContent("c", "f") { Exception = new InvalidOperationException("hidden"), RawRepresentation = "hidden" },
        ])
        { AdditionalProperties = extra, RawRepresentation = "hidden" })
        { AdditionalProperties = extra, RawRepresentation = "hidden" });
        using (IChatClient client = model.WithCassette(_file.Path, CassetteMode.Record))
        {
            ChatMessage message = new(ChatRole.User, [new TextContent("q") { AdditionalProperties = extra }]) { AdditionalProperties = extra, RawRepresentation = "hidden" };
            await client.GetResponseAsync([message], new() { AdditionalProperties = extra });
        }

        _file.Text.Should().NotContain("hidden");
    }

    private static string Redact(string text) => text.Replace(Secret, "[KEY]", StringComparison.Ordinal);
}
