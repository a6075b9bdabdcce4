using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>Lays sequences out as a stream: a prompt, the responses to it one after another, the next prompt.</summary>
internal sealed class BatchPacker
{
    private readonly List<int> _ids = [];
    private readonly List<int> _positions = [];
    private readonly List<AttentionSegment> _segments = [];
    private readonly int[] _rows;
    private readonly int[] _targets;
    private readonly double[] _temperatures;

    public BatchPacker(ImmutableArray<TrainingSequence> sequences, int[] firstPredictions)
    {
        int predictions = firstPredictions[^1];
        _rows = new int[predictions];
        _targets = new int[predictions];
        _temperatures = new double[predictions];
        foreach (IGrouping<ImmutableArray<int>, int> group in ByPrompt(sequences))
        {
            int prompt = AddSegment(group.Key.AsSpan(), 0, (0, 0));
            foreach (int i in group)
            {
                AddResponse(sequences[i], prompt, firstPredictions[i]);
            }
        }

        Tokens = new([.. _ids], [.. _positions], [.. _segments]);
        Predictions = new(_rows, _targets, _temperatures);
    }

    public PackedTokens Tokens { get; }

    public Predictions Predictions { get; }

    /// <summary>Indices of the sequences of each part.</summary>
    public static List<List<int>> Split(ImmutableArray<TrainingSequence> sequences, int maxTokens)
    {
        List<List<int>> parts = [];
        int left = 0;
        foreach (IGrouping<ImmutableArray<int>, int> group in ByPrompt(sequences))
        {
            bool hasPrompt = false;
            foreach (int i in group)
            {
                int tokens = sequences[i].Response.Length - 1;
                int needed = tokens + (hasPrompt ? 0 : group.Key.Length);
                if (needed > left)
                {
                    parts.Add([]);
                    left = maxTokens;
                    needed = tokens + group.Key.Length;
                }

                if (needed > left)
                {
                    throw new ArgumentException(
                        $"Sequence {i} computes {needed} tokens, more than the {maxTokens} allowed at a time; raise the limit or shorten the sequence.", nameof(maxTokens));
                }

                parts[^1].Add(i);
                left -= needed;
                hasPrompt = true;
            }
        }

        return parts;
    }

    private static IEnumerable<IGrouping<ImmutableArray<int>, int>> ByPrompt(ImmutableArray<TrainingSequence> sequences) =>
        Enumerable.Range(0, sequences.Length).GroupBy(i => sequences[i].Prompt, PromptComparer.Instance);

    // The last token of the prompt predicts the first of the response, each token of the response the next.
    private void AddResponse(TrainingSequence sequence, int prompt, int firstPrediction)
    {
        int promptLength = sequence.Prompt.Length;
        int start = AddSegment(sequence.Response.AsSpan()[..^1], promptLength, (prompt, promptLength));
        for (int i = 0; i < sequence.Response.Length; i++)
        {
            _rows[firstPrediction + i] = i == 0 ? prompt + promptLength - 1 : start + i - 1;
            _targets[firstPrediction + i] = sequence.Response[i];
            _temperatures[firstPrediction + i] = sequence.Temperature;
        }
    }

    private int AddSegment(ReadOnlySpan<int> ids, int position, (int Start, int Length) prefix)
    {
        int start = _ids.Count;
        for (int i = 0; i < ids.Length; i++)
        {
            _ids.Add(ids[i]);
            _positions.Add(position + i);
        }

        if (ids.Length > 0)
        {
            _segments.Add(new(start, ids.Length, prefix.Start, prefix.Length));
        }

        return start;
    }
}
