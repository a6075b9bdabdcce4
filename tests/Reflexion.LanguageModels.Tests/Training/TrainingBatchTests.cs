using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class TrainingBatchTests
{
    [Fact]
    public void Sequences_are_laid_out_prompt_by_prompt_without_padding()
    {
        var batch = new TrainingBatch([new([1, 2], [3, 4, 5]), new([9], [8]), new([1, 2], [6, 7])]);

        batch.Tokens.Ids.Should().Equal(1, 2, 3, 4, 6, 9);
        batch.Tokens.Positions.Should().Equal(0, 1, 2, 3, 2, 0);
        batch.Tokens.Segments.Should().Equal(
            new AttentionSegment(0, 2), new AttentionSegment(2, 2, 0, 2), new AttentionSegment(4, 1, 0, 2), new AttentionSegment(5, 1));
        batch.Predictions.Rows.Should().Equal(1, 2, 3, 5, 1, 4);
        batch.Predictions.Targets.Should().Equal(3, 4, 5, 8, 6, 7);
        batch.TokenCount.Should().Be(6);
        batch.ResponseTokenCount.Should().Be(6);
        batch.Places.Should().Equal(0, 1, 2);
    }

    [Fact]
    public void Parts_keep_responses_to_one_prompt_together_as_far_as_they_fit()
    {
        var batch = new TrainingBatch([new([1, 2], [3, 4, 5]), new([9], [8]), new([1, 2], [6, 7]), new([1, 2], [5, 5, 5])]);

        ImmutableArray<TrainingBatch> parts = batch.Split(5);

        parts.Select(part => part.TokenCount).Should().Equal(5, 5);
        parts[0].Places.Should().Equal(0, 2);
        parts[1].Places.Should().Equal(3, 1);
        parts[1].Sequences[1].Prompt.Should().Equal(9);
        batch.Split(8).Should().ContainSingle().Which.Should().BeSameAs(batch);
        parts[1].Split(9).Should().ContainSingle().Which.Places.Should().Equal(0, 1);
    }

    [Fact]
    public void A_sequence_longer_than_a_part_is_refused()
    {
        var batch = new TrainingBatch([new([1, 2], [3, 4, 5])]);

        batch.Invoking(b => b.Split(3)).Should().Throw<ArgumentException>().WithMessage("Sequence 0 computes 4 tokens, more than the 3 allowed*");
        batch.Invoking(b => b.Split(0)).Should().Throw<ArgumentOutOfRangeException>();
        batch.Split(4).Should().ContainSingle();
    }

    [Fact]
    public void Empty_batches_prompts_and_responses_and_impossible_temperatures_are_refused()
    {
        FluentActions.Invoking(() => new TrainingBatch([])).Should().Throw<ArgumentException>().WithMessage("*at least one sequence*");
        FluentActions.Invoking(() => new TrainingBatch([new([], [1])])).Should().Throw<ArgumentException>().WithMessage("*prompt and a response*");
        FluentActions.Invoking(() => new TrainingBatch([new([1], default)])).Should().Throw<ArgumentException>().WithMessage("*prompt and a response*");
        FluentActions.Invoking(() => new TrainingBatch([new([1], [1]) { Temperature = 0 }])).Should().Throw<ArgumentException>().WithMessage("*temperature*not 0*");
        FluentActions.Invoking(() => new TrainingBatch([new([1], [1]) { Temperature = double.NaN }])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_sequence_is_as_long_as_both_its_parts() => new TrainingSequence([1, 2], [3]).Length.Should().Be(3);
}
