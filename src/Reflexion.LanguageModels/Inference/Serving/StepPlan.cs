namespace Reflexion.LanguageModels;

/// <summary>Decides what a step computes: the next token of all that decode, and a block of the prompts of those that read.</summary>
internal sealed class StepPlan(LanguageModelOptions options)
{
    private readonly List<SequenceRows> _parts = [];
    private readonly List<SequenceRows> _blocks = [];

    /// <summary>The parts of the next step, single rows first; valid until the next call.</summary>
    public List<SequenceRows> Make(List<InferenceSequence> running)
    {
        _parts.Clear();
        _blocks.Clear();
        foreach (InferenceSequence sequence in running)
        {
            if (sequence.Cache is not null && !sequence.IsReading)
            {
                _parts.Add(new(sequence, sequence.Computed, 1));
            }
        }

        int left = _parts.Count > 0 ? options.SharedPromptBlock : options.PromptBlock;
        foreach (InferenceSequence sequence in running)
        {
            if (sequence.Cache is not null && sequence.IsReading && left > 0)
            {
                int count = Math.Min(left, sequence.Left);
                (count == 1 ? _parts : _blocks).Add(new(sequence, sequence.Computed, count));
                left -= count;
            }
        }

        _parts.AddRange(_blocks);
        return _parts;
    }
}
