using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>The second stage, optional: a reward model learns from rated refinements, and can then score them in place of retries (Yao et al. 2023, section 4.3).</summary>
/// <remarks>The adapter, one with a value head, is changed in place; give the policy another one.</remarks>
public sealed class RewardModelStage
{
    private readonly LanguageModel _model;
    private readonly LoraAdapter _adapter;
    private readonly RewardModelOptions _options;
    private readonly int _endId;

    /// <summary>Creates a stage.</summary>
    /// <param name="model">The model whose weights the adapter belongs to; they stay as they are.</param>
    /// <param name="adapter">What is trained, in place; it has a value head.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, the adapter has no value head, or the tokenizer no end token.</exception>
    public RewardModelStage(LanguageModel model, LoraAdapter adapter, RewardModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(adapter);
        RewardSequence.EnsureHead(adapter);
        (_model, _adapter) = (model, adapter);
        _options = (options ?? new()).Validate();
        _endId = RewardSequence.EndOf(model);
    }

    /// <summary>Trains on rated refinements.</summary>
    /// <param name="experiences">Experiences with token ids; for pairs, several of one failure that differ in their gain.</param>
    /// <param name="cancellationToken">Ends training between two steps.</param>
    /// <exception cref="ArgumentException">There is nothing to learn from, or an experience has no tokens.</exception>
    public RewardModelReport Run(IEnumerable<Experience> experiences, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(experiences);
        ImmutableArray<RatedItem> items = RatedItem.Of(experiences, _options, _endId);
        if (items.IsEmpty)
        {
            throw new ArgumentException("There is nothing to learn from: no two refinements for one failure differ in what came of them. Collect more of each failure, or use regression.", nameof(experiences));
        }

        using var trainer = new ModelTrainer(_model.Weights, _adapter, _options.Trainer);
        var steps = new SampleSteps(items.Length, _options.SamplesPerStep, _options.Epochs, new(_options.Seed));
        var losses = new double[steps.Count];
        for (long step = 0; step < steps.Count; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            losses[step] = Step(trainer, [.. steps.At(step).Select(i => items[i])]);
        }

        int epoch = losses.Length / _options.Epochs;
        return new(items.Length, trainer.Step, losses[..epoch].Average(), losses[^epoch..].Average(), Accuracy(trainer, items));
    }

    private double Step(ModelTrainer trainer, RatedItem[] items)
    {
        // Both members of a pair lie in one pass: the gradient of either needs the other's reward, which is scored first.
        var batch = new TrainingBatch(items.SelectMany(item => item.Sequences));
        float[] rewards = [.. trainer.Score(batch).Select(score => score.Values[^1])];
        var gradients = new float[rewards.Length];
        double loss = _options.Objective == RewardModelObjective.Pairwise
            ? Pairwise(rewards, gradients).Loss
            : RewardModelLoss.Regression(rewards, [.. items.Select(item => item.Reward)], 1.0 / items.Length, gradients).Loss;
        trainer.Accumulate(batch, pass =>
        {
            for (int i = 0; i < pass.Batch.Sequences.Length; i++)
            {
                pass.ValueGradients(i)[^1] = gradients[pass.Batch.Places[i]];
            }
        });
        trainer.Update();
        return loss;
    }

    private double? Accuracy(ModelTrainer trainer, ImmutableArray<RatedItem> items)
    {
        if (_options.Objective == RewardModelObjective.Regression)
        {
            return null;
        }

        float[] rewards = [.. trainer.Score(new(items.SelectMany(item => item.Sequences))).Select(score => score.Values[^1])];
        return Pairwise(rewards, new float[rewards.Length]).Accuracy;
    }

    // Preferred and rejected ones alternate.
    private static PairLossReport Pairwise(float[] rewards, float[] gradients)
    {
        float[] preferred = [.. rewards.Where((_, i) => i % 2 == 0)];
        float[] rejected = [.. rewards.Where((_, i) => i % 2 == 1)];
        var preferredGradients = new float[preferred.Length];
        var rejectedGradients = new float[preferred.Length];
        PairLossReport report = RewardModelLoss.Pairwise(preferred, rejected, 1.0 / preferred.Length, preferredGradients, rejectedGradients);
        for (int i = 0; i < preferred.Length; i++)
        {
            (gradients[2 * i], gradients[(2 * i) + 1]) = (preferredGradients[i], rejectedGradients[i]);
        }

        return report;
    }
}
