namespace Reflexion.LanguageModels;

/// <summary>A sequence that is known from the beginning, and only read: to score it, or to embed it.</summary>
internal sealed class ReadingSequence(IEnumerable<int> tokens, int firstOutput, RowOutput output, AdapterSnapshot? adapter, RowReader reader)
    : InferenceSequence(tokens, firstOutput, output, adapter)
{
    // Continuations run elsewhere: the engine's thread has work to do.
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when all rows have been read.</summary>
    public Task Completion => _completion.Task;

    protected override void OnRow(int position, Span<float> row)
    {
        reader(position, row);
        if (position == Tokens.Count - 1)
        {
            IsDone = true;
            _completion.SetResult();
        }
    }

    protected override void OnFailed(Exception exception) => _completion.SetException(exception);
}
