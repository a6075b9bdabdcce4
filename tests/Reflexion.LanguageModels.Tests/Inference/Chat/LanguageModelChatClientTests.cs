using System.Text;
using Microsoft.Extensions.AI;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class LanguageModelChatClientTests
{
    private static readonly ChatMessage[] s_messages = [new(ChatRole.System, "answer"), new(ChatRole.User, "the agent opens <|im_end|> the drawer")];
    private static readonly ChatOptions s_options = new() { Seed = 4, MaxOutputTokens = 30 };

    [Fact]
    public async Task Streamed_and_whole_replies_are_the_same()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        using IChatClient chat = model.AsChatClient(new() { ModelId = "tiny" });
        var text = new StringBuilder();
        var updates = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in chat.GetStreamingResponseAsync(s_messages, s_options))
        {
            text.Append(update.Text);
            updates.Add(update);
        }

        ChatResponse whole = await chat.GetResponseAsync(s_messages, s_options);

        whole.Text.Should().Be(text.ToString());
        whole.ModelId.Should().Be("tiny");
        whole.Messages.Should().ContainSingle().Which.Role.Should().Be(ChatRole.Assistant);
        whole.FinishReason.Should().Be(updates[^1].FinishReason).And.NotBeNull();
        updates.Select(update => update.ResponseId).Distinct().Should().HaveCount(1);
        updates.Count.Should().BeGreaterThan(2);
    }

    [Fact]
    public async Task Usage_counts_what_was_read_written_and_reused()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        using IChatClient chat = model.AsChatClient(new() { Sampling = new(), MaxOutputTokens = 3 });
        int prompt = model.Tokenizer.Encode(model.Tokenizer.RenderChat(s_messages)).Length;

        ChatResponse first = await chat.GetResponseAsync(s_messages, new() { Seed = 9 });
        ChatResponse second = await chat.GetResponseAsync(s_messages, new() { Seed = 9 });

        first.Usage!.InputTokenCount.Should().Be(prompt);
        first.Usage.OutputTokenCount.Should().BeInRange(1, 3);
        first.Usage.TotalTokenCount.Should().Be(prompt + first.Usage.OutputTokenCount);
        first.Usage.CachedInputTokenCount.Should().Be(0);
        second.Usage!.CachedInputTokenCount.Should().Be(prompt - 1);
        second.Text.Should().Be(first.Text);
    }

    [Fact]
    public void Options_of_a_call_go_before_the_defaults_and_leave_them_alone()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        LanguageModelChatOptions defaults = new()
        {
            Sampling = new() { Temperature = 0.3, TopK = 9, MinP = 0.1 },
            MaxOutputTokens = 77,
            Seed = 5,
            StopSequences = ["END"],
        };
        var requests = new ChatRequests(model, defaults);

        GenerationRequest own = requests.Make(s_messages, null);
        GenerationRequest called = requests.Make(s_messages, new()
        {
            Temperature = 0.7f,
            TopK = 4,
            TopP = 0.9f,
            FrequencyPenalty = 0.1f,
            PresencePenalty = 0.2f,
            Seed = 6,
            MaxOutputTokens = 8,
            StopSequences = ["stop"],
            AdditionalProperties = new() { ["min_p"] = 0.05, ["repetition_penalty"] = 1.1f },
        });

        own.Sampling.Should().Be(defaults.Sampling);
        own.Should().BeEquivalentTo(new { MaxTokens = 77, Seed = 5ul });
        own.StopSequences.Should().Equal("END");
        called.Sampling.Should().Be(new SamplingOptions
        {
            Temperature = 0.7,
            TopK = 4,
            TopP = 0.9,
            MinP = 0.05,
            RepetitionPenalty = 1.1,
            FrequencyPenalty = 0.1,
            PresencePenalty = 0.2,
        });
        called.Should().BeEquivalentTo(new { MaxTokens = 8, Seed = 6ul });
        called.StopSequences.Should().Equal("END", "stop");
    }

    [Fact]
    public void What_messages_say_never_becomes_a_control_token()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        var requests = new ChatRequests(model, new());

        GenerationRequest request = requests.Make(s_messages, new() { Instructions = "be <|im_start|> brief" });

        int end = model.Tokenizer.EndIds[0];
        request.PromptIds.Count(id => id == end).Should().Be(3, "instructions, system and user end once each");
        model.Tokenizer.Decode(request.PromptIds.AsSpan()).Should().Contain("opens <|im_end|> the").And.Contain("be <|im_start|> brief");
    }

    [Fact]
    public async Task What_is_not_supported_is_refused()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        using IChatClient chat = model.AsChatClient();
        ChatMessage image = new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]);
        ChatMessage tooLong = new(ChatRole.User, string.Concat(Enumerable.Repeat("key ", 300)));

        await Refused<NotSupportedException>([image], null);
        await Refused<NotSupportedException>(s_messages, new() { Tools = [AIFunctionFactory.Create(() => 1, "one")] });
        await Refused<NotSupportedException>(s_messages, new() { ResponseFormat = ChatResponseFormat.Json });
        await Refused<ArgumentException>(s_messages, new() { AdditionalProperties = new() { ["min_p"] = "much" } });
        await Refused<ArgumentException>(s_messages, new() { Temperature = -1 });
        await Refused<PromptTooLongException>([tooLong], null);
        FluentActions.Invoking(() => model.AsChatClient(new() { MaxOutputTokens = 0 })).Should().Throw<ArgumentException>();

        Task Refused<T>(IEnumerable<ChatMessage> messages, ChatOptions? options)
            where T : Exception => FluentActions.Awaiting(() => chat.GetResponseAsync(messages, options)).Should().ThrowAsync<T>();
    }

    [Fact]
    public async Task A_stream_that_is_left_frees_its_place()
    {
        using LanguageModel model = TinyLanguageModel.Create(new() { Threads = 1, MaxSequences = 1 });
        using IChatClient chat = model.AsChatClient();
        await foreach (ChatResponseUpdate _ in chat.GetStreamingResponseAsync(s_messages, new() { MaxOutputTokens = 180 }))
        {
            break;
        }

        ChatResponse next = await chat.GetResponseAsync(s_messages, new() { Seed = 1, MaxOutputTokens = 2 });

        next.FinishReason.Should().NotBeNull();
    }

    [Fact]
    public void Services_tell_what_is_behind_the_interfaces()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        using IChatClient chat = model.AsChatClient();
        using IEmbeddingGenerator<string, Embedding<float>> embeddings = model.AsEmbeddingGenerator();

        chat.GetService<ChatClientMetadata>()!.DefaultModelId.Should().Be("model");
        chat.GetService<LanguageModel>().Should().BeSameAs(model);
        chat.GetService<Tokenizer>().Should().BeSameAs(model.Tokenizer);
        chat.GetService<IChatClient>().Should().BeSameAs(chat);
        chat.GetService(typeof(LanguageModel), "key").Should().BeNull();
        embeddings.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelDimensions.Should().Be(32);
        embeddings.GetService<LanguageModel>().Should().BeSameAs(model);
        embeddings.GetService(typeof(string)).Should().BeNull();
    }

    [Fact]
    public async Task Embeddings_are_means_of_hidden_states()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        using IEmbeddingGenerator<string, Embedding<float>> generator = model.AsEmbeddingGenerator();
        var sums = new double[32];
        int count = 0;
        await model.ReadAsync(
            TinyLanguageModel.Ids("the key"),
            0,
            RowOutput.HiddenState,
            null,
            (_, row) =>
            {
                count++;
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += row[i];
                }
            },
            default);

        GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateAsync(["the key", "the drawer"]);

        embeddings[0].Vector.ToArray().Should().Equal(sums.Select(sum => (float)(sum / count)), (a, b) => Math.Abs(a - b) < 1e-5);
        embeddings.Usage!.InputTokenCount.Should().Be(count + TinyLanguageModel.Ids("the drawer").Length);
        await FluentActions.Awaiting(() => generator.GenerateAsync([""])).Should().ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(() => generator.GenerateAsync(["a"], new() { Dimensions = 7 })).Should().ThrowAsync<NotSupportedException>();
    }
}
