using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>Predicts the reward of a refinement: an adapter's value head, read where it has seen the whole refinement (Yao et al. 2023, section 4.3).</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class RewardModel : IDisposable
{
    private readonly ModelTrainer _scorer;
    private readonly int _endId;

    /// <summary>Creates a reward model.</summary>
    /// <param name="model">The model whose weights the adapter belongs to; it has a tokenizer with an end token.</param>
    /// <param name="adapter">A trained adapter with a value head. Not disposed with this one.</param>
    /// <exception cref="ArgumentException">The adapter has no value head, or the tokenizer no end token.</exception>
    public RewardModel(LanguageModel model, LoraAdapter adapter)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(adapter);
        _endId = RewardSequence.EndOf(model);
        RewardSequence.EnsureHead(adapter);
        _scorer = new(model.Weights, adapter);
    }

    /// <summary>Predicts rewards.</summary>
    /// <param name="refinements">Prompts and the refinements written for them.</param>
    /// <returns>A reward for each, in the units of those that the model was trained on.</returns>
    /// <exception cref="ArgumentException">There is none, or a sequence is too long.</exception>
    public ImmutableArray<double> Score(IReadOnlyList<TrainingSequence> refinements)
    {
        ArgumentNullException.ThrowIfNull(refinements);
        var batch = new TrainingBatch(refinements.Select(refinement => RewardSequence.Of(refinement, _endId)));
        return [.. _scorer.Score(batch).Select(score => (double)score.Values[^1])];
    }

    /// <inheritdoc/>
    public void Dispose() => _scorer.Dispose();
}
