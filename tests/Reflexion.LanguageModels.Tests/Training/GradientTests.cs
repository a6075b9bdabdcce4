using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>Gradients beside central differences in double precision.</summary>
public sealed class GradientTests
{
    private const double Tolerance = 1e-6;

    private static readonly LoraOptions s_adapter = new() { Rank = 2, Alpha = 3, HasValueHead = true };

    [Fact]
    public void Of_every_tensor_of_a_tied_model() => Check(TinyTraining.Config);

    [Fact]
    public void Of_every_tensor_of_an_untied_model_with_biases_and_pairs() => Check(
        TinyTraining.Config with { TiedEmbeddings = false, AttentionBias = true, RotaryLayout = RotaryLayout.Pairs, KeyValueHeadCount = 4 });

    [Fact]
    public void Of_an_adapter_on_all_matrices_and_the_value_head() => Check(TinyTraining.Config, s_adapter);

    [Fact]
    public void Of_an_adapter_on_some_matrices_with_a_rank_stabilised_scale() => Check(
        TinyTraining.Config with { AttentionBias = true },
        s_adapter with { Targets = LoraTargets.Key | LoraTargets.Output | LoraTargets.Up, IsRankStabilized = true, HasValueHead = false });

    [Fact]
    public void Under_dropout() => Check(TinyTraining.Config, s_adapter with { Dropout = 0.4 });

    [Fact]
    public void With_feed_forward_activations_computed_again() => Check(
        TinyTraining.Config, s_adapter with { Dropout = 0.2 }, new() { RecomputeFeedForward = true, Threads = 2 });

    [Fact]
    public void With_logits_in_blocks_of_three_rows()
    {
        using var whole = new TinyTraining(TinyTraining.Config);
        using var blocks = new TinyTraining(TinyTraining.Config, mostLogits: 3 * TinyTraining.Config.VocabularySize);
        var batch = new TrainingBatch(TinyTraining.Sequences);

        whole.Backward(batch);
        blocks.Backward(batch);

        ShouldEqual(blocks.Gradients(), whole.Gradients());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_sequences_packed_with_shared_prompts_are_those_of_each_alone(bool trainsAdapter)
    {
        using var together = new TinyTraining(TinyTraining.Config, trainsAdapter ? s_adapter : null);
        using var apart = new TinyTraining(TinyTraining.Config, trainsAdapter ? s_adapter : null);

        var batch = new TrainingBatch(TinyTraining.Sequences);
        together.Backward(batch);
        foreach (TrainingSequence sequence in TinyTraining.Sequences)
        {
            apart.Backward(new TrainingBatch([sequence]));
        }

        batch.TokenCount.Should().Be(3 + 2 + 1 + 2 + 3, "each prompt is computed once, and no response's last token");
        ShouldEqual(together.Gradients(), apart.Gradients());
    }

    [Fact]
    public void Of_parts_of_a_batch_add_up_to_those_of_the_whole()
    {
        using var whole = new TinyTraining(TinyTraining.Config, s_adapter);
        using var parts = new TinyTraining(TinyTraining.Config, s_adapter);
        var batch = new TrainingBatch(TinyTraining.Sequences);
        ImmutableArray<TrainingBatch> split = batch.Split(5);

        whole.Backward(batch);
        foreach (TrainingBatch part in split)
        {
            parts.Backward(part);
        }

        split.Should().HaveCountGreaterThan(1);
        ShouldEqual(parts.Gradients(), whole.Gradients());
    }

    [Fact]
    public unsafe void Dropout_drops_the_share_asked_for_and_keeps_the_mean()
    {
        using var pool = new WorkerPool(2);
        using var buffer = new NativeBuffer<double>(20_000);
        buffer.Span.Fill(1);
        var numbers = new Matrix<double>(buffer.Pointer, 100, 200);

        new Dropout(0.3, 5).Apply(pool, 7, numbers, numbers);
        double[] dropped = Stores.Get(numbers);

        dropped.Distinct().Should().BeEquivalentTo([0, 1 / 0.7]);
        dropped.Average().Should().BeApproximately(1, 0.02);
    }

    [Fact]
    public void Each_pass_drops_something_else_and_scoring_drops_nothing()
    {
        using var training = new TinyTraining(TinyTraining.Config, s_adapter with { Dropout = 0.5 });
        var batch = new TrainingBatch(TinyTraining.Sequences);
        using var first = new TokenScores<double>();
        using var second = new TokenScores<double>();

        training.Loss(batch, passes: 1).Should().NotBe(training.Loss(batch, passes: 2)).And.Be(training.Loss(batch, passes: 1));
        training.Engine.Score(batch, withAdapter: true, first);
        training.Engine.Passes = 9;
        training.Engine.Score(batch, withAdapter: true, second);
        first.LogProbs.SequenceEqual(second.LogProbs).Should().BeTrue();
    }

    private static void Check(TransformerConfig config, LoraOptions? adapter = null, TrainerOptions? options = null)
    {
        using var training = new TinyTraining(config, adapter, options);

        Dictionary<string, double> errors = training.GradientErrors(new(TinyTraining.Sequences));

        errors.Should().OnlyContain(error => error.Value < Tolerance);
    }

    private static void ShouldEqual(double[] actual, double[] expected)
    {
        double scale = expected.Max(Math.Abs);
        actual.Zip(expected, (a, e) => Math.Abs(a - e)).Max().Should().BeLessThan(1e-12 * scale);
    }
}
