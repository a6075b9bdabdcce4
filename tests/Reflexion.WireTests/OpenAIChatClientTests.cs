using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Reflexion.Tests;

public class OpenAIChatClientTests
{
    private static readonly AIFunction Weather = AIFunctionFactory.Create((string city) => $"Rain in {city}", "weather", "Tells the weather.");

    [Fact]
    public async Task A_conversation_with_tools_is_sent_as_the_format_has_it()
    {
        ChatMessage[] conversation =
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.User, [new TextContent("What is this?"), new UriContent("https://host/cat.png", "image/png"), new DataContent(new byte[] { 1, 2, 3 }, "image/png")]),
            new(ChatRole.Assistant, [new TextContent("Let me see."), new FunctionCallContent("call_9", "weather", new Dictionary<string, object?> { ["city"] = "Oslo" })]),
            new(ChatRole.Tool, [new FunctionResultContent("call_9", "Rain"), new FunctionResultContent("call_8", new { degrees = 3 }), new FunctionResultContent("call_7", null)]),
            new(ChatRole.Assistant, "It rains."),
        ];

        JsonNode body = await SentAsync(conversation, null);

        Expect(body["messages"]!, """
            [{"role":"system","content":"Be brief."},
             {"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"https://host/cat.png"}},{"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}}]},
             {"role":"assistant","content":"Let me see.","tool_calls":[{"id":"call_9","type":"function","function":{"name":"weather","arguments":"{\u0022city\u0022:\u0022Oslo\u0022}"}}]},
             {"role":"tool","content":"Rain","tool_call_id":"call_9"},
             {"role":"tool","content":"{\u0022degrees\u0022:3}","tool_call_id":"call_8"},
             {"role":"tool","content":"","tool_call_id":"call_7"},
             {"role":"assistant","content":"It rains."}]
            """);
    }

    [Fact]
    public async Task Options_are_sent_as_the_format_has_them()
    {
        JsonNode body = await SentAsync([new(ChatRole.User, "Hi")], new()
        {
            Temperature = 0.5f,
            TopP = 0.25f,
            FrequencyPenalty = 0.125f,
            PresencePenalty = 0.75f,
            Seed = 42,
            MaxOutputTokens = 99,
            StopSequences = ["END"],
            ModelId = "another-model",
            ResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat.Json,
            Tools = [Weather],
            ToolMode = ChatToolMode.RequireSpecific("weather"),
            AllowMultipleToolCalls = false,
        });

        body.AsObject().Remove("messages");
        Expect(body["tools"]![0]!["function"]!["name"]!, "\"weather\"");
        Expect(body["tools"]![0]!["function"]!["description"]!, "\"Tells the weather.\"");
        Expect(body["tools"]![0]!["function"]!["parameters"]!["required"]!, """["city"]""");
        body.AsObject().Remove("tools");
        Expect(body, """
            {"temperature":0.5,"top_p":0.25,"frequency_penalty":0.125,"presence_penalty":0.75,"seed":42,"max_tokens":99,"stop":["END"],"model":"another-model",
             "response_format":{"type":"json_object"},"tool_choice":{"type":"function","function":{"name":"weather"}},"parallel_tool_calls":false}
            """);
    }

    [Fact]
    public async Task A_schema_is_sent_with_its_name()
    {
        JsonNode body = await SentAsync([new(ChatRole.User, "Hi")], new() { ResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat.ForJsonSchema<int[]>(schemaName: "numbers") });

        Expect(body["response_format"]!["json_schema"]!["name"]!, "\"numbers\"");
        body["response_format"]!["json_schema"]!["schema"].Should().NotBeNull();
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("none")]
    [InlineData("required")]
    public async Task The_mode_of_tools_is_sent(string mode)
    {
        JsonNode body = await SentAsync([new(ChatRole.User, "Hi")], new()
        {
            Tools = [Weather],
            ToolMode = mode switch { "auto" => ChatToolMode.Auto, "none" => ChatToolMode.None, _ => ChatToolMode.RequireAny },
        });

        Expect(body["tool_choice"]!, $"\"{mode}\"");
    }

    [Fact]
    public async Task Options_of_the_SDK_itself_take_precedence()
    {
        JsonNode body = await SentAsync([new(ChatRole.User, "Hi")], new()
        {
            Temperature = 0.5f,
            TopP = 0.25f,
            RawRepresentationFactory = _ => new ChatCompletionOptions { Temperature = 1 },
        });

        Expect(body["temperature"]!, "1");
        Expect(body["top_p"]!, "0.25");
    }

    [Fact]
    public async Task Content_that_cannot_be_sent_is_refused() =>
        await FluentActions.Awaiting(() => SentAsync([new(ChatRole.User, [new DataContent(new byte[] { 1 }, "audio/wav")])], null))
            .Should().ThrowAsync<NotSupportedException>().WithMessage("This client sends no DataContent; it knows text and images.");

    [Theory]
    [MemberData(nameof(Wired.Ways), MemberType = typeof(Wired))]
    public async Task Tool_calls_come_back_whole(string provider, bool streaming)
    {
        await using Wired wired = await Wired.StartAsync(provider, Reply.ToolCall("weather", """{"city":"Oslo"}"""));

        ChatResponse response = await wired.AskAsync(streaming, new() { Tools = [Weather] });

        FunctionCallContent call = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Should().ContainSingle().Subject;
        call.Name.Should().Be("weather");
        call.CallId.Should().Be(provider == "openai" ? "call_1" : "toolu_1");
        call.Arguments!["city"]!.ToString().Should().Be("Oslo");
        response.FinishReason.Should().Be(ChatFinishReason.ToolCalls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reply_carries_ids_model_and_usage(bool streaming)
    {
        await using Wired wired = await Wired.StartAsync("openai");

        ChatResponse response = await wired.AskAsync(streaming);

        response.ResponseId.Should().Be("chatcmpl-1");
        response.Messages.Should().ContainSingle().Which.MessageId.Should().Be("chatcmpl-1");
        response.ModelId.Should().Be("test-model");
        response.CreatedAt.Should().Be(DateTimeOffset.FromUnixTimeSeconds(1767614400));
        response.Usage.Should().BeEquivalentTo(new { InputTokenCount = 7, OutputTokenCount = 3, TotalTokenCount = 10, CachedInputTokenCount = 2 });
    }

    [Fact]
    public async Task It_tells_what_it_talks_to()
    {
        await using Wired wired = await Wired.StartAsync("openai");

        ChatClientMetadata metadata = wired.Client.GetService<ChatClientMetadata>()!;

        metadata.ProviderName.Should().Be("openai");
        metadata.ProviderUri.Should().Be(new Uri(wired.Server.Address, "v1"));
        metadata.DefaultModelId.Should().Be("a-model");
        wired.Client.GetService<ChatClient>().Should().NotBeNull();
        wired.Client.GetService<Samples.OpenAIChatClient>().Should().NotBeNull();
        wired.Client.GetService<ChatClient>("a key").Should().BeNull();
        wired.Client.GetService<string>().Should().BeNull();
    }

    private static async Task<JsonNode> SentAsync(ChatMessage[] messages, ChatOptions? options)
    {
        await using Wired wired = await Wired.StartAsync("openai");
        await wired.Client.GetResponseAsync(messages, options);
        return wired.Server.Requests.Should().ContainSingle().Subject.Body;
    }

    private static void Expect(JsonNode actual, string json) =>
        JsonNode.DeepEquals(actual, JsonNode.Parse(json)).Should().BeTrue("{0} should equal {1}", actual.ToJsonString(), json);
}
