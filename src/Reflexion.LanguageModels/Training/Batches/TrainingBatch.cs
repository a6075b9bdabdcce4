using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>Sequences that are computed in one pass, packed into one stream of tokens without padding. A prompt that several share is computed once, forward and backward.</summary>
public sealed class TrainingBatch
{
    private readonly int[] _firstPredictions;
    private readonly bool _isPart;

    /// <summary>Packs sequences.</summary>
    /// <param name="sequences">At least one, in any order; those with equal prompts find each other.</param>
    /// <exception cref="ArgumentException">There is none, or one has no prompt, no response or an impossible temperature.</exception>
    public TrainingBatch(IEnumerable<TrainingSequence> sequences)
        : this([.. sequences], null)
    {
    }

    private TrainingBatch(ImmutableArray<TrainingSequence> sequences, ImmutableArray<int>? places)
    {
        if (sequences.IsEmpty)
        {
            throw new ArgumentException("A batch needs at least one sequence.", nameof(sequences));
        }

        foreach (TrainingSequence sequence in sequences)
        {
            sequence.Validate(nameof(sequences));
        }

        Sequences = sequences;
        _isPart = places is not null;
        Places = places ?? [.. Enumerable.Range(0, sequences.Length)];
        _firstPredictions = new int[sequences.Length + 1];
        for (int i = 0; i < sequences.Length; i++)
        {
            _firstPredictions[i + 1] = _firstPredictions[i] + sequences[i].Response.Length;
        }

        var packer = new BatchPacker(sequences, _firstPredictions);
        Tokens = packer.Tokens;
        Predictions = packer.Predictions;
    }

    /// <summary>The sequences, in the order given.</summary>
    public ImmutableArray<TrainingSequence> Sequences { get; }

    /// <summary>For each sequence its index in the batch that this one was split off from; its own index if it was not.</summary>
    public ImmutableArray<int> Places { get; }

    /// <summary>Tokens computed: each prompt once, and of each response all but the last, which predicts nothing.</summary>
    public int TokenCount => Tokens.Count;

    /// <summary>Tokens of all responses together.</summary>
    public int ResponseTokenCount => Predictions.Count;

    internal PackedTokens Tokens { get; }

    internal Predictions Predictions { get; }

    /// <summary>Parts that each compute a bounded number of tokens; responses to one prompt stay together as far as they fit.</summary>
    /// <param name="maxTokens">The most tokens that a part computes, at least 1.</param>
    /// <exception cref="ArgumentException">One sequence alone is longer.</exception>
    public ImmutableArray<TrainingBatch> Split(int maxTokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, 1);
        return TokenCount <= maxTokens && !_isPart
            ? [this]
            : [.. BatchPacker.Split(Sequences, maxTokens).Select(part => new TrainingBatch([.. part.Select(i => Sequences[i])], [.. part]))];
    }

    /// <summary>Where a sequence's numbers stand among those of all response tokens.</summary>
    internal Range PredictionsOf(int sequence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sequence, Sequences.Length);
        return _firstPredictions[sequence].._firstPredictions[sequence + 1];
    }
}
