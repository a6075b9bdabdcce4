using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class LanguageModelTests
{
    private const string Prompt = "the agent opens the drawer and takes the key, the user asks and ";

    [Fact]
    public async Task The_same_seed_gives_the_same_completion_and_another_seed_another()
    {
        using LanguageModel model = TinyLanguageModel.Create();

        GenerationResult first = await model.GenerateAsync(TinyLanguageModel.Request(Prompt, seed: 5));
        GenerationResult second = await model.GenerateAsync(TinyLanguageModel.Request(Prompt, seed: 5));
        GenerationResult other = await model.GenerateAsync(TinyLanguageModel.Request(Prompt, seed: 6));

        second.Ids.Should().Equal(first.Ids);
        second.Seed.Should().Be(5);
        other.Ids.Should().NotEqual(first.Ids);
    }

    [Fact]
    public async Task Requests_without_a_seed_differ_and_repeat_with_the_model_s_seed()
    {
        GenerationRequest request = TinyLanguageModel.Request(Prompt) with { Seed = null };
        using LanguageModel first = TinyLanguageModel.Create(new() { Threads = 1, Seed = 3 });
        using LanguageModel second = TinyLanguageModel.Create(new() { Threads = 1, Seed = 3 });

        ImmutableArray<GenerationResult> results = await first.GenerateAsync([request, request]);

        results[0].Ids.Should().NotEqual(results[1].Ids);
        (await second.GenerateAsync(request)).Ids.Should().Equal(results[0].Ids);
    }

    [Fact]
    public async Task Completions_in_company_are_those_computed_alone()
    {
        using LanguageModel model = TinyLanguageModel.Create(new() { Threads = 2, MaxSequences = 5, SharedPromptBlock = 7, PromptBlock = 11 });
        using LanguageModel alone = TinyLanguageModel.Create(new() { Threads = 1, MaxSequences = 1, PrefixCacheTokens = 0 });
        GenerationRequest[] requests =
        [
            .. Enumerable.Range(0, 12).Select(i => TinyLanguageModel.Request(Prompt[(i % 4)..] + new string('x', i), seed: (ulong)i, tokens: 5 + (3 * i))),
        ];

        ImmutableArray<GenerationResult> together = await model.GenerateAsync(requests);

        for (int i = 0; i < requests.Length; i++)
        {
            GenerationResult one = await alone.GenerateAsync(requests[i]);
            together[i].Ids.Should().Equal(one.Ids);
            together[i].Text.Should().Be(one.Text);
            together[i].Finish.Should().Be(GenerationFinish.Length);
            together[i].LogProbs.Zip(one.LogProbs, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-3f);
        }
    }

    [Fact]
    public async Task Samples_of_one_prompt_compute_it_once()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        GenerationRequest[] requests = [.. Enumerable.Range(0, 8).Select(i => TinyLanguageModel.Request(Prompt, seed: (ulong)i))];

        ImmutableArray<GenerationResult> samples = await model.GenerateAsync(requests);

        samples.Count(sample => sample.CachedTokens == 0).Should().Be(1);
        samples.Count(sample => sample.CachedTokens == requests[0].PromptIds.Length - 1).Should().Be(7);
        samples.Select(sample => string.Join(',', sample.Ids)).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_growing_prompt_is_computed_from_where_it_grew()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        GenerationRequest first = TinyLanguageModel.Request(Prompt);
        GenerationResult reply = await model.GenerateAsync(first);
        ImmutableArray<int> grown = [.. first.PromptIds, .. reply.Ids, .. TinyLanguageModel.Ids(" and again")];

        GenerationResult second = await model.GenerateAsync(first with { PromptIds = grown });

        second.CachedTokens.Should().Be(first.PromptIds.Length + reply.Ids.Length - 1);
        using LanguageModel fresh = TinyLanguageModel.Create(new() { Threads = 1, PrefixCacheTokens = 0 });
        (await fresh.GenerateAsync(first with { PromptIds = grown })).Ids.Should().Equal(second.Ids);
        (await fresh.GenerateAsync(first with { PromptIds = grown })).CachedTokens.Should().Be(0);
    }

    [Fact]
    public async Task Log_probabilities_of_plain_samples_are_the_score_of_the_same_tokens()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        using LoraAdapter adapter = TinyLanguageModel.Adapter(model, 2);
        foreach (LoraAdapter? changed in new[] { null, adapter })
        {
            GenerationRequest request = TinyLanguageModel.Request(Prompt) with { Adapter = changed };
            GenerationResult sample = await model.GenerateAsync(request);

            ImmutableArray<float> scores = await model.ScoreAsync(request.PromptIds, sample.Ids, changed);

            sample.LogProbs.Zip(scores, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-3f);
            sample.AdapterHash.Should().Be(changed?.Hash);
        }
    }

    [Fact]
    public async Task Log_probabilities_under_truncation_are_those_of_the_distribution_drawn_from()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        SamplingOptions sampling = new() { Temperature = 0.8, TopK = 12, TopP = 0.9, MinP = 0.02 };
        GenerationRequest request = TinyLanguageModel.Request(Prompt, tokens: 10) with { Sampling = sampling };
        GenerationResult sample = await model.GenerateAsync(request);
        var expected = new List<double>();
        int first = request.PromptIds.Length - 1;
        await model.ReadAsync(
            [.. request.PromptIds, .. sample.Ids[..^1]],
            first,
            RowOutput.Logits,
            null,
            (position, row) => expected.Add(NaiveSampling.LogProb(row, sampling, sample.Ids[position - first])),
            default);

        sample.LogProbs.Zip(expected, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-3);
        sample.LogProbs.Should().OnlyContain(logProb => logProb <= 0);
    }

    [Fact]
    public async Task At_temperature_zero_each_token_is_the_likeliest_and_certain()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        GenerationRequest request = TinyLanguageModel.Request(Prompt, tokens: 6) with { Sampling = new() { Temperature = 0 } };
        GenerationResult greedy = await model.GenerateAsync(request);
        var likeliest = new List<int>();
        await model.ReadAsync(
            [.. request.PromptIds, .. greedy.Ids[..^1]],
            request.PromptIds.Length - 1,
            RowOutput.Logits,
            null,
            (_, row) => likeliest.Add(row.IndexOf(LogitVectors.Largest(row))),
            default);

        greedy.Ids.Should().Equal(likeliest);
        greedy.LogProbs.Should().OnlyContain(logProb => logProb == 0);
    }

    [Fact]
    public async Task Several_adapters_serve_one_batch_as_each_would_alone()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        using LoraAdapter first = TinyLanguageModel.Adapter(model, 2);
        using LoraAdapter second = TinyLanguageModel.Adapter(model, 3);
        GenerationRequest[] requests =
        [
            .. new[] { null, first, second, null, first, second }.Select(adapter => TinyLanguageModel.Request(Prompt) with { Adapter = adapter }),
        ];

        ImmutableArray<GenerationResult> together = await model.GenerateAsync(requests);

        for (int i = 0; i < 3; i++)
        {
            using LanguageModel alone = TinyLanguageModel.Create();
            GenerationResult one = await alone.GenerateAsync(requests[i]);
            together[i].Ids.Should().Equal(one.Ids);
            together[i + 3].Ids.Should().Equal(one.Ids);
            together[i + 3].CachedTokens.Should().Be(requests[i].PromptIds.Length - 1);
        }

        together[1].Ids.Should().NotEqual(together[0].Ids);
        together[2].Ids.Should().NotEqual(together[1].Ids);
        together.Select(result => result.AdapterHash).Should().Equal(null, first.Hash, second.Hash, null, first.Hash, second.Hash);
    }

    [Fact]
    public async Task A_trained_adapter_shares_nothing_with_its_former_self()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        using LoraAdapter adapter = TinyLanguageModel.Adapter(model, 2);
        GenerationRequest request = TinyLanguageModel.Request(Prompt) with { Adapter = adapter };
        GenerationResult before = await model.GenerateAsync(request);
        string hash = adapter.Hash;
        Train(new ModelTrainer(model.Weights, adapter, new() { Threads = 1, Optimizer = new() { LearningRate = 0.1 } }));

        GenerationResult after = await model.GenerateAsync(request);

        before.AdapterHash.Should().Be(hash);
        after.AdapterHash.Should().Be(adapter.Hash).And.NotBe(hash);
        after.CachedTokens.Should().Be(0);
        after.Ids.Should().NotEqual(before.Ids);
    }

    [Fact]
    public async Task Training_the_weights_changes_what_is_generated_and_the_hash()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        GenerationRequest request = TinyLanguageModel.Request(Prompt);
        GenerationResult before = await model.GenerateAsync(request);
        string hash = model.Hash;
        Train(new ModelTrainer(model.Weights, new() { Threads = 1, Optimizer = new() { LearningRate = 0.1 } }));

        GenerationResult after = await model.GenerateAsync(request);

        after.Ids.Should().NotEqual(before.Ids);
        after.CachedTokens.Should().Be(0);
        model.Hash.Should().NotBe(hash).And.HaveLength(64);
    }

    [Theory]
    [InlineData("")]
    [InlineData("model.gguf")]
    public async Task A_saved_model_is_loaded_as_it_was(string file)
    {
        using var folder = new TemporaryFolder();
        using LanguageModel model = TinyLanguageModel.Create();
        string path = Path.Combine(folder.Path, file);
        await model.SaveAsync(path);

        await using LanguageModel loaded = await LanguageModel.LoadAsync(path, new() { Threads = 1 });

        GenerationRequest request = TinyLanguageModel.Request(Prompt);
        (await loaded.GenerateAsync(request)).Ids.Should().Equal((await model.GenerateAsync(request)).Ids);
        loaded.Tokenizer.Encode(Prompt).Should().Equal(request.PromptIds);
        loaded.ChatTemplate.Should().NotBeNull();
        loaded.Weights.IsTrainable.Should().BeFalse();
        loaded.Config.HiddenSize.Should().Be(32);
    }

    [SharedFact("goldens")]
    public async Task Greedy_continuations_are_the_golden_ones()
    {
        foreach (string folder in GoldenCase.Folders)
        {
            var golden = new GoldenCase(folder);
            await using LanguageModel model = await LanguageModel.LoadAsync(folder, new() { Threads = 1, Precision = ActivationPrecision.Float32 });
            using LoraAdapter? adapter = golden["greedy"].GetProperty("with_adapter").GetBoolean() ? model.LoadAdapter(Path.Combine(folder, "adapter")) : null;

            GenerationResult greedy = await model.GenerateAsync(new GenerationRequest
            {
                PromptIds = golden.GreedyPrompt,
                MaxTokens = golden.Continuation.Length,
                Sampling = new() { Temperature = 0 },
                Adapter = adapter,
            });

            greedy.Ids.Should().Equal(golden.Continuation, golden.Name);
            greedy.Text.Should().BeEmpty("the folder has no tokenizer");
            FluentActions.Invoking(() => model.Tokenizer).Should().Throw<InvalidOperationException>().WithMessage("*tokenizer.json*");
        }
    }

    [Fact]
    public async Task Stop_sequences_cut_the_text_wherever_tokens_end()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        GenerationRequest request = TinyLanguageModel.Request(Prompt, tokens: 60);
        GenerationResult whole = await model.GenerateAsync(request);
        string[] stops = [.. Enumerable.Range(1, 12).Select(i => whole.Text.Substring(3 * i, 3))];
        foreach (string stop in stops.Where(stop => !stop.Contains('\uFFFD')))
        {
            GenerationResult stopped = await model.GenerateAsync(request with { StopSequences = [stop] });

            stopped.Text.Should().Be(whole.Text[..whole.Text.IndexOf(stop, StringComparison.Ordinal)]);
            stopped.Finish.Should().Be(GenerationFinish.StopSequence);
            stopped.Ids.Should().Equal(whole.Ids[..stopped.Ids.Length]);
        }
    }

    [Fact]
    public async Task Stop_tokens_and_end_tokens_are_the_last_and_not_part_of_the_text()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        int end = TinyLanguageModel.Tokenizer.EndIds[0];
        LogitsFilter endsThird = (completion, logits) => logits[completion.Length == 2 ? end : 70] = 1_000;
        GenerationRequest request = TinyLanguageModel.Request(Prompt) with { Filter = endsThird, IgnoreEnd = false };

        GenerationResult ended = await model.GenerateAsync(request);
        GenerationResult stopped = await model.GenerateAsync(request with { StopIds = [70] });
        GenerationResult ignored = await model.GenerateAsync(request with { IgnoreEnd = true, MaxTokens = 4 });

        ended.Ids.Should().Equal(70, 70, end);
        ended.Finish.Should().Be(GenerationFinish.EndToken);
        ended.Text.Should().Be(TinyLanguageModel.Tokenizer.Decode([70, 70]));
        stopped.Ids.Should().Equal(70);
        stopped.Text.Should().BeEmpty();
        ignored.Ids.Should().Equal(70, 70, end, 70);
        ignored.Finish.Should().Be(GenerationFinish.Length);
    }

    [Fact]
    public async Task What_a_filter_does_wrong_ends_its_own_request_only()
    {
        using LanguageModel model = TinyLanguageModel.Create();
        GenerationRequest request = TinyLanguageModel.Request(Prompt);
        Task<GenerationResult> good = model.GenerateAsync(request);

        Func<Task> throws = () => model.GenerateAsync(request with { Filter = (_, _) => throw new FormatException("no grammar") });
        Func<Task> forbids = () => model.GenerateAsync(request with { Filter = (_, logits) => logits.Fill(float.NegativeInfinity) });
        Func<Task> breaks = () => model.GenerateAsync(request with { Filter = (_, logits) => logits.Fill(float.NaN) });

        await throws.Should().ThrowAsync<FormatException>();
        await forbids.Should().ThrowAsync<InvalidOperationException>().WithMessage("*forbidden*");
        await breaks.Should().ThrowAsync<InvalidOperationException>().WithMessage("*finite*");
        (await good).Ids.Should().HaveCount(24);
    }

    private static void Train(ModelTrainer trainer)
    {
        using (trainer)
        {
            TrainingPass pass = trainer.Forward(new TrainingBatch([new TrainingSequence(TinyLanguageModel.Ids("the agent"), TinyLanguageModel.Ids(" takes the key"))]));
            TinyModel.Likelihood(pass, pass.Batch.ResponseTokenCount);
            trainer.Backward(pass);
            trainer.Update();
        }
    }
}
