using Microsoft.Extensions.AI;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>What a model's owner may do with it, and when.</summary>
public sealed class LanguageModelLifetimeTests
{
    [Fact]
    public async Task After_its_end_a_model_says_so_whatever_is_asked_of_it()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "m.gguf");
        using (LanguageModel made = TinyLanguageModel.Create())
        {
            await made.SaveAsync(path);
        }

        LanguageModel model = await LanguageModel.LoadAsync(path, new() { Threads = 1 });
        model.Dispose();
        model.Dispose();

        ((Func<object>[])[() => model.Hash, () => model.Weights]).Should().AllSatisfy(ask => ask.Should().Throw<ObjectDisposedException>());
        await FluentActions.Awaiting(() => model.SaveAsync(path)).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task Weights_that_were_lent_stay_when_they_are_disposed()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        GenerationRequest request = TinyLanguageModel.Request("the agent");
        GenerationResult before = await model.GenerateAsync(request);

        model.Weights.Dispose();

        (await model.GenerateAsync(request)).Ids.Should().Equal(before.Ids);
        model.Weights.IsTrainable.Should().BeTrue();
    }

    [Fact]
    public async Task To_end_a_model_from_within_a_filter_is_refused_and_it_can_still_be_ended()
    {
        LanguageModel model = TinyLanguageModel.Create();
        GenerationRequest request = TinyLanguageModel.Request("the agent") with { Filter = (_, _) => model.Dispose() };

        await FluentActions.Awaiting(() => model.GenerateAsync(request)).Should().ThrowAsync<InvalidOperationException>().WithMessage("*within a filter*");
        (await model.GenerateAsync(TinyLanguageModel.Request("the agent"))).Ids.Should().NotBeEmpty();

        model.Dispose();
        await FluentActions.Awaiting(() => model.GenerateAsync(request)).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task A_template_of_ones_own_has_the_models_begin_and_end_tokens()
    {
        Tokenizer tokenizer = BytePairTrainer.Train(["ab"], new() { VocabularySize = 320, BeginToken = "<|endoftext|>" });
        using var model = LanguageModel.Create(TinyLanguageModel.Config, tokenizer, 1, new() { Threads = 1 });
        using IChatClient chat = model.AsChatClient(new()
        {
            ChatTemplate = ChatTemplate.Parse("{{ bos_token }}{% for message in messages %}{{ message['content'] }}{{ eos_token }}{% endfor %}"),
            MaxOutputTokens = 1,
            RecordTokens = true,
        });

        ChatResponse reply = await chat.GetResponseAsync("ab");

        tokenizer.Decode(ReplyTokens.Of(reply)!.PromptIds.AsSpan()).Should().Be("<|endoftext|>ab<|im_end|>");
    }
}
