using System.Text.Json;
using Microsoft.Extensions.AI;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class ReplyTokensTests : IDisposable
{
    private static readonly ChatMessage[] s_messages = [new(ChatRole.User, "the agent opens the drawer")];
    private static readonly ChatOptions s_options = new() { Seed = 4, MaxOutputTokens = 9 };

    private readonly LanguageModel _model = TinyLanguageModel.Create();

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task A_reply_carries_the_tokens_that_were_drawn()
    {
        using LoraAdapter adapter = TinyLanguageModel.Adapter(_model, 3);
        using IChatClient chat = _model.AsChatClient(new() { RecordTokens = true, Adapter = adapter, Sampling = new() });
        GenerationResult drawn = await _model.GenerateAsync(new GenerationRequest
        {
            PromptIds = _model.Tokenizer.Encode(_model.Tokenizer.RenderChat(s_messages)),
            Adapter = adapter,
            Seed = 4,
            MaxTokens = 9,
        });

        ChatResponse whole = await chat.GetResponseAsync(s_messages, s_options);
        ChatResponse streamed = await chat.GetStreamingResponseAsync(s_messages, s_options).ToChatResponseAsync();
        ChatResponse stored = JsonSerializer.Deserialize<ChatResponse>(JsonSerializer.Serialize(whole, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;
        ChatResponse replayed = stored.ToChatResponseUpdates().ToChatResponse();

        foreach (ChatResponse response in (ChatResponse[])[whole, streamed, stored, replayed])
        {
            ReplyTokens tokens = ReplyTokens.Of(response)!;
            response.Text.Should().Be(drawn.Text);
            tokens.PromptIds.Should().Equal(_model.Tokenizer.Encode(_model.Tokenizer.RenderChat(s_messages)));
            tokens.Ids.Should().Equal(drawn.Ids);
            tokens.LogProbs.Should().Equal(ReplyTokens.Of(whole)!.LogProbs).And.Equal(drawn.LogProbs, (a, b) => Math.Abs(a - b) < 1e-4);
            tokens.WeightsHash.Should().Be(adapter.Hash);
        }
    }

    [Fact]
    public async Task Without_an_adapter_the_weights_are_the_models()
    {
        using IChatClient chat = _model.AsChatClient(new() { RecordTokens = true });

        ReplyTokens.Of(await chat.GetResponseAsync(s_messages, s_options))!.WeightsHash.Should().Be(_model.Hash);
    }

    [Fact]
    public async Task Nothing_is_attached_that_was_not_asked_for()
    {
        using IChatClient chat = _model.AsChatClient();
        ChatResponse response = await chat.GetResponseAsync(s_messages, s_options);

        response.AdditionalProperties.Should().BeNull();
        response.Messages.Should().OnlyContain(message => message.AdditionalProperties == null);
        ReplyTokens.Of(response).Should().BeNull();
        ReplyTokens.Of(new ChatResponse()).Should().BeNull();
    }

    [Theory]
    [InlineData(ReplyTokens.IdsKey, "no base64!", "*'reflexion.ids' is not Base64.")]
    [InlineData(ReplyTokens.PromptIdsKey, "AAAA", "*'reflexion.prompt_ids' ends within a number: 3 bytes are no multiple of 4.")]
    [InlineData(ReplyTokens.LogProbsKey, "", "The reply carries 1 tokens and 0 log-probabilities; one of each belongs together.")]
    [InlineData(ReplyTokens.WeightsHashKey, null, "The reply carries tokens without 'reflexion.weights_hash', or it is no text.")]
    public void What_is_damaged_is_said(string key, string? value, string problem)
    {
        AdditionalPropertiesDictionary properties = new ReplyTokens { PromptIds = [1], Ids = [2], LogProbs = [-0.5f], WeightsHash = "ab" }.ToProperties();
        properties[key] = value;

        FluentActions.Invoking(() => ReplyTokens.Of(new ChatResponse { AdditionalProperties = properties })).Should().Throw<FormatException>().WithMessage(problem);
    }

    [Fact]
    public void Numbers_are_little_endian_as_documented()
    {
        AdditionalPropertiesDictionary properties = new ReplyTokens { PromptIds = [1, 258], Ids = [2], LogProbs = [-0.5f], WeightsHash = "ab" }.ToProperties();

        properties[ReplyTokens.PromptIdsKey].Should().Be(Convert.ToBase64String([1, 0, 0, 0, 2, 1, 0, 0]));
        properties[ReplyTokens.LogProbsKey].Should().Be(Convert.ToBase64String([0, 0, 0, 0xBF]));
    }
}
