using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>What a model refuses, and how its requests end early.</summary>
public sealed class LanguageModelLimitsTests
{
    private const string Prompt = "the agent opens the drawer and takes the key, the user asks and ";

    [Fact]
    public async Task Completions_end_where_the_context_ends()
    {
        using LanguageModel model = TinyLanguageModel.Create(new() { Threads = 1, ContextLength = 40 });
        ImmutableArray<int> prompt = [.. Enumerable.Repeat(5, 38)];

        GenerationResult result = await model.GenerateAsync(new GenerationRequest { PromptIds = prompt, IgnoreEnd = true });

        result.Ids.Should().HaveCount(2);
        result.Finish.Should().Be(GenerationFinish.Length);
        Func<Task> tooLong = () => model.GenerateAsync(new GenerationRequest { PromptIds = [.. prompt, 5, 5] });
        (await tooLong.Should().ThrowAsync<PromptTooLongException>()).Which.Should().BeEquivalentTo(new { PromptTokens = 40, ContextLength = 40 });
        (await model.ScoreAsync(prompt, [5, 5])).Should().HaveCount(2);
        await FluentActions.Awaiting(() => model.ScoreAsync(prompt, [5, 5, 5])).Should().ThrowAsync<PromptTooLongException>();
        (await model.ScoreAsync(prompt, [])).Should().BeEmpty();
    }

    [Fact]
    public async Task Impossible_requests_are_refused()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        GenerationRequest good = TinyLanguageModel.Request(Prompt);
        GenerationRequest[] bad =
        [
            good with { PromptIds = [] },
            good with { PromptIds = default },
            good with { PromptIds = [320] },
            good with { PromptIds = [-1] },
            good with { MaxTokens = 0 },
            good with { StopSequences = [""] },
            good with { StopSequences = default },
            good with { StopIds = default },
            good with { StopSequences = [.. Enumerable.Range(0, 65).Select(i => $"stop {i}")] },
            good with { Sampling = new() { Temperature = -1 } },
            good with { Sampling = new() { Temperature = double.NaN } },
            good with { Sampling = new() { TopK = -1 } },
            good with { Sampling = new() { TopP = 0 } },
            good with { Sampling = new() { TopP = 1.1 } },
            good with { Sampling = new() { MinP = 2 } },
            good with { Sampling = new() { RepetitionPenalty = 0 } },
            good with { Sampling = new() { FrequencyPenalty = double.PositiveInfinity } },
            good with { Sampling = new() { PresencePenalty = 101 } },
        ];
        foreach (GenerationRequest request in bad)
        {
            await FluentActions.Awaiting(() => model.GenerateAsync([good, request])).Should().ThrowAsync<ArgumentException>();
        }

        await FluentActions.Awaiting(() => model.ScoreAsync([], [1])).Should().ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(() => model.ScoreAsync([1], [400])).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Impossible_options_are_refused()
    {
        LanguageModelOptions[] bad =
        [
            new() { Threads = 0 }, new() { MaxSequences = 0 }, new() { MaxWaiting = -1 }, new() { ContextLength = -1 }, new() { ContextLength = 257 },
            new() { PrefixCacheTokens = -1 }, new() { PromptBlock = 0 }, new() { SharedPromptBlock = 8_193 }, new() { Precision = (ActivationPrecision)9 },
        ];
        foreach (LanguageModelOptions options in bad)
        {
            FluentActions.Invoking(() => TinyLanguageModel.Create(options)).Should().Throw<ArgumentException>();
        }

        FluentActions.Invoking(() => LanguageModel.Create(TinyLanguageModel.Config with { VocabularySize = 200 }, TinyLanguageModel.Tokenizer, 1))
            .Should().Throw<ArgumentException>().WithMessage("*tokenizer has*");
        await FluentActions.Awaiting(() => LanguageModel.LoadAsync("there-is-no-such-model.gguf")).Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task Too_many_waiting_requests_are_refused_and_those_given_up_do_not_count()
    {
        using var gate = new SemaphoreSlim(0);
        using LanguageModel model = TinyLanguageModel.Create(new() { Threads = 1, MaxSequences = 1, MaxWaiting = 1 });
        GenerationRequest request = TinyLanguageModel.Request(Prompt, tokens: 1);
        using var givenUp = new CancellationTokenSource();
        Task<GenerationResult> held = model.GenerateAsync(request with { Filter = (_, _) => gate.Wait() });
        Task<GenerationResult>[] waiting = [.. Enumerable.Range(0, 4).Select(_ => model.GenerateAsync(request, givenUp.Token))];

        await FluentActions.Awaiting(() => waiting[3]).Should().ThrowAsync<InvalidOperationException>().WithMessage("*wait already*");
        await givenUp.CancelAsync();
        foreach (Task<GenerationResult> task in waiting)
        {
            await FluentActions.Awaiting(() => task).Should().ThrowAsync<Exception>();
        }

        Task<GenerationResult> next = model.GenerateAsync(request);
        gate.Release();
        (await held).Ids.Should().HaveCount(1);
        (await next).Ids.Should().HaveCount(1);
    }

    [Fact]
    public async Task Disposing_ends_what_runs_and_refuses_what_comes()
    {
        LanguageModel model = TinyLanguageModel.Create();
        Task<GenerationResult>[] running = [.. Enumerable.Range(0, 20).Select(i => model.GenerateAsync(TinyLanguageModel.Request(Prompt, (ulong)i, 150)))];

        await model.DisposeAsync();
        model.Dispose();

        foreach (Task<GenerationResult> task in running)
        {
            if (await Task.WhenAny(task) is { IsFaulted: true } failed)
            {
                failed.Exception!.InnerException.Should().BeOfType<ObjectDisposedException>();
            }
        }

        await FluentActions.Awaiting(() => model.GenerateAsync(TinyLanguageModel.Request(Prompt))).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task A_canceled_request_ends_and_leaves_the_others_alone()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        using var cancellation = new CancellationTokenSource();
        LogitsFilter cancels = (completion, _) =>
        {
            if (completion.Length == 3)
            {
                cancellation.Cancel();
            }
        };
        Task<GenerationResult> other = model.GenerateAsync(TinyLanguageModel.Request(Prompt, 2));

        await FluentActions.Awaiting(() => model.GenerateAsync(TinyLanguageModel.Request(Prompt, tokens: 200) with { Filter = cancels }, cancellation.Token))
            .Should().ThrowAsync<OperationCanceledException>();

        (await other).Ids.Should().HaveCount(24);
    }
}
