using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class ModelTrainerTests
{
    private static readonly TrainerOptions s_fast = new() { Threads = 2, Optimizer = new() { LearningRate = 0.02 } };

    [Fact]
    public void An_adapter_learns_its_sequences_and_leaves_the_model_alone()
    {
        using ModelWeights model = TinyModel.Create();
        using LoraAdapter adapter = LoraAdapter.Create(model, new() { Rank = 8, Alpha = 8 });
        using var trainer = new ModelTrainer(model, adapter, s_fast);
        ImmutableArray<SequenceScore> before = trainer.Score(TinyModel.Batch, withAdapter: false);

        for (int step = 0; step < 60; step++)
        {
            TinyModel.Step(trainer).IsApplied.Should().BeTrue();
        }

        trainer.Step.Should().Be(60);
        before.SelectMany(score => score.LogProbs).Average().Should().BeLessThan(-3);
        TinyModel.MeanLogProb(trainer).Should().BeGreaterThan(-1.2f, "the frozen head bounds how sure the model can be");
        trainer.Score(TinyModel.Batch, withAdapter: false).Select(score => score.LogProbs).Should().BeEquivalentTo(before.Select(score => score.LogProbs));
    }

    [Fact]
    public void Gradients_of_a_batch_that_failed_can_be_thrown_away()
    {
        using ModelWeights model = TinyModel.Create();
        using LoraAdapter adapter = LoraAdapter.Create(model);
        using var trainer = new ModelTrainer(model, adapter, s_fast);
        string untouched = adapter.Hash;
        trainer.Accumulate(TinyModel.Batch, pass => pass.LogProbGradients(0).Fill(1));

        trainer.DiscardGradients();

        trainer.Invoking(each => each.Update()).Should().Throw<InvalidOperationException>();
        (trainer.Step, adapter.Hash).Should().Be((0, untouched));
    }

    [Fact]
    public void A_whole_model_learns_its_sequences()
    {
        using ModelWeights model = TinyModel.Create();
        using var trainer = new ModelTrainer(model, s_fast);

        for (int step = 0; step < 60; step++)
        {
            TinyModel.Step(trainer);
        }

        TinyModel.MeanLogProb(trainer).Should().BeGreaterThan(TinyModel.NearlyLearnt);
    }

    [Fact]
    public void A_value_head_learns_numbers()
    {
        using ModelWeights model = TinyModel.Create();
        using LoraAdapter adapter = LoraAdapter.Create(model, new() { Rank = 4, HasValueHead = true });
        using var trainer = new ModelTrainer(model, adapter, s_fast with { Optimizer = new() { LearningRate = 0.05 } });

        for (int step = 0; step < 250; step++)
        {
            TrainingPass pass = trainer.Forward(TinyModel.Batch);
            for (int i = 0; i < pass.Batch.Sequences.Length; i++)
            {
                for (int t = 0; t < pass.Values(i).Length; t++)
                {
                    pass.ValueGradients(i)[t] = pass.Values(i)[t] - i;
                }
            }

            trainer.Backward(pass);
            trainer.Update();
        }

        // The first value of three of the sequences is read off one row.
        trainer.Score(TinyModel.Batch)[1].Values.Should().OnlyContain(value => Math.Abs(value - 1) < 0.05);
    }

    [Fact]
    public void An_adapter_that_is_new_changes_nothing_and_its_entropies_are_those_of_the_distribution()
    {
        using ModelWeights model = TinyModel.Create();
        using LoraAdapter adapter = LoraAdapter.Create(model);
        using var trainer = new ModelTrainer(model, adapter, s_fast);

        TrainingPass pass = trainer.Forward(TinyModel.Batch);

        ImmutableArray<SequenceScore> reference = trainer.Score(TinyModel.Batch, withAdapter: false);
        for (int i = 0; i < TinyModel.Batch.Sequences.Length; i++)
        {
            pass.LogProbs(i).ToArray().Should().Equal(reference[i].LogProbs);
            pass.Entropies(i).ToArray().Should().Equal(reference[i].Entropies).And.OnlyContain(entropy => entropy > 0 && entropy <= Math.Log(40));
            pass.Values(i).ToArray().Should().OnlyContain(value => value == 0);
        }
    }

    [Fact]
    public void Accumulating_in_parts_gives_the_update_of_the_whole()
    {
        using ModelWeights model = TinyModel.Create();
        using LoraAdapter whole = LoraAdapter.Create(model, seed: 1);
        using LoraAdapter parts = whole.Clone();
        using var wholeTrainer = new ModelTrainer(model, whole, s_fast);
        using var partTrainer = new ModelTrainer(model, parts, s_fast with { MaxTokensPerPass = 6 });
        var seen = new List<int>();

        TinyModel.Step(wholeTrainer);
        partTrainer.Accumulate(TinyModel.Batch, pass =>
        {
            seen.AddRange(pass.Batch.Places);
            TinyModel.Likelihood(pass, TinyModel.Batch.ResponseTokenCount);
        });
        partTrainer.Update();

        seen.Should().BeEquivalentTo([0, 1, 2, 3]);
        partTrainer.Score(TinyModel.Batch).Zip(wholeTrainer.Score(TinyModel.Batch)).Should().OnlyContain(pair =>
            pair.First.LogProbs.Zip(pair.Second.LogProbs).All(both => Math.Abs(both.First - both.Second) < 1e-4));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_whatever_the_threads()
    {
        string[] hashes = [.. Enumerable.Range(1, 3).Select(threads =>
        {
            using ModelWeights model = TinyModel.Create();
            using LoraAdapter adapter = LoraAdapter.Create(model, new() { Dropout = 0.1 }, seed: 5);
            using var trainer = new ModelTrainer(model, adapter, s_fast with { Threads = threads, Seed = 9 });
            TinyModel.Step(trainer);
            TinyModel.Step(trainer);
            return adapter.Hash;
        })];

        hashes.Distinct().Should().ContainSingle();
    }

    [Fact]
    public void Two_adapters_over_one_model_do_not_disturb_each_other()
    {
        using ModelWeights model = TinyModel.Create();
        using LoraAdapter first = LoraAdapter.Create(model, seed: 1);
        using LoraAdapter second = LoraAdapter.Create(model, new() { Rank = 3, Targets = LoraTargets.Down }, seed: 2);
        using var firstTrainer = new ModelTrainer(model, first, s_fast);
        using var secondTrainer = new ModelTrainer(model, second, s_fast);
        string hash = second.Hash;

        TinyModel.Step(firstTrainer);

        second.Hash.Should().Be(hash);
        TinyModel.Step(secondTrainer);
        second.Hash.Should().NotBe(hash);
    }

    [Fact]
    public void A_step_allocates_nothing_after_the_first()
    {
        using ModelWeights model = TinyModel.Create();
        using LoraAdapter adapter = LoraAdapter.Create(model, new() { Dropout = 0.1, HasValueHead = true });
        using var trainer = new ModelTrainer(model, adapter, s_fast with { RecomputeFeedForward = true });
        TinyModel.Step(trainer);
        TinyModel.Step(trainer);

        long before = GC.GetAllocatedBytesForCurrentThread();
        TinyModel.Step(trainer);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    [Fact]
    public void Gradients_that_are_not_finite_are_thrown_away()
    {
        using ModelWeights model = TinyModel.Create();
        using LoraAdapter adapter = LoraAdapter.Create(model);
        using var trainer = new ModelTrainer(model, adapter, s_fast);
        string hash = adapter.Hash;

        TrainingPass pass = trainer.Forward(TinyModel.Batch);
        pass.LogProbGradients(1)[0] = float.NaN;
        trainer.Backward(pass);
        UpdateReport report = trainer.Update();

        report.IsApplied.Should().BeFalse();
        report.Step.Should().Be(0);
        adapter.Hash.Should().Be(hash);
        TinyModel.Step(trainer).Should().Match<UpdateReport>(next => next.IsApplied && next.Step == 1 && next.GradientNorm > 0 && next.LearningRate == 0.02);
    }

    [Fact]
    public void A_pass_goes_back_once_and_is_gone_with_the_next()
    {
        using ModelWeights model = TinyModel.Create();
        using LoraAdapter adapter = LoraAdapter.Create(model);
        var trainer = new ModelTrainer(model, adapter, s_fast);
        TrainingPass first = trainer.Forward(TinyModel.Batch);
        trainer.Score(TinyModel.Batch);
        trainer.Backward(first);

        trainer.Invoking(t => t.Backward(first)).Should().Throw<InvalidOperationException>().WithMessage("*gone back already*");
        first.LogProbs(0).Length.Should().Be(3, "its numbers stay until the next pass");
        TrainingPass second = trainer.Forward(TinyModel.Batch);
        FluentActions.Invoking(() => first.LogProbs(0).Length).Should().Throw<InvalidOperationException>().WithMessage("*another pass*");
        FluentActions.Invoking(() => second.LogProbs(4).Length).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => default(TrainingPass).Values(0).Length).Should().Throw<InvalidOperationException>().WithMessage("*never computed*");
        (first == second).Should().BeFalse();
        (first != second).Should().BeTrue();
        second.Equals((object)second).Should().BeTrue();
        second.GetHashCode().Should().NotBe(first.GetHashCode());
        trainer.Dispose();
        trainer.Dispose();
        FluentActions.Invoking(() => second.LogProbs(0).Length).Should().Throw<ObjectDisposedException>();
        trainer.Invoking(t => t.Forward(TinyModel.Batch)).Should().Throw<ObjectDisposedException>();
        trainer.Invoking(t => t.Update()).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void A_model_or_an_adapter_that_is_gone_is_not_used_any_more()
    {
        ModelWeights model = TinyModel.Create();
        LoraAdapter adapter = LoraAdapter.Create(model);
        using var trainer = new ModelTrainer(model, adapter, s_fast);
        TrainingPass pass = trainer.Forward(TinyModel.Batch);

        adapter.Dispose();
        adapter.Dispose();
        trainer.Invoking(t => t.Backward(pass)).Should().Throw<ObjectDisposedException>();
        adapter.Invoking(a => a.Hash).Should().Throw<ObjectDisposedException>();
        model.Dispose();
        model.Dispose();
        model.Invoking(m => m.ToTrainable()).Should().Throw<ObjectDisposedException>();
        trainer.Invoking(t => t.Score(TinyModel.Batch)).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Another_trainers_pass_is_refused()
    {
        using ModelWeights model = TinyModel.Create();
        using LoraAdapter adapter = LoraAdapter.Create(model);
        using var trainer = new ModelTrainer(model, adapter, s_fast);
        using var other = new ModelTrainer(model, adapter, s_fast);
        TrainingPass pass = other.Forward(TinyModel.Batch);

        trainer.Invoking(t => t.Backward(pass)).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void An_update_without_gradients_is_refused()
    {
        using ModelWeights model = TinyModel.Create();
        using var trainer = new ModelTrainer(model, s_fast);
        trainer.Forward(TinyModel.Batch);

        trainer.Invoking(t => t.Update()).Should().Throw<InvalidOperationException>().WithMessage("There are no gradients to apply*");
    }

    [Fact]
    public void Tokens_outside_the_vocabulary_and_sequences_beyond_the_context_are_refused()
    {
        using ModelWeights model = TinyModel.Create();
        using var trainer = new ModelTrainer(model, s_fast);
        var fits = new TrainingBatch([new([.. Enumerable.Repeat(1, 8)], [.. Enumerable.Repeat(1, 8)])]);
        var beyond = new TrainingBatch([new([.. Enumerable.Repeat(1, 8)], [.. Enumerable.Repeat(1, 9)])]);

        trainer.Invoking(t => t.Forward(new([new([40], [1])]))).Should().Throw<ArgumentException>().WithMessage("*token 40*vocabulary of 40*");
        trainer.Invoking(t => t.Score(new([new([1], [-1])]))).Should().Throw<ArgumentException>().WithMessage("*token -1*");
        trainer.Invoking(t => t.Forward(beyond)).Should().Throw<ArgumentException>().WithMessage("*context of 16*");
        trainer.Forward(fits).LogProbs(0).Length.Should().Be(8);
    }

    [Fact]
    public void A_mapped_model_and_a_strange_adapter_cannot_be_trained()
    {
        using ModelWeights model = TinyModel.Create();
        using ModelWeights larger = ModelWeights.Create(TinyModel.Config with { HiddenSize = 24 }, 1);
        using LoraAdapter adapter = LoraAdapter.Create(larger);

        FluentActions.Invoking(() => new ModelTrainer(model, adapter)).Should().Throw<ArgumentException>().WithMessage("*another shape*");
        FluentActions.Invoking(() => new ModelTrainer(model, adapter: null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new ModelTrainer(model, new TrainerOptions { Threads = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ModelTrainer(model, new TrainerOptions { MaxTokensPerPass = 0 })).Should().Throw<ArgumentOutOfRangeException>();
    }
}
