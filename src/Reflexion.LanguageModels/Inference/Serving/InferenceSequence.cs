namespace Reflexion.LanguageModels;

/// <summary>A sequence of tokens that the engine computes for somebody. After it was handed in, only the engine touches it, but for <see cref="Cancel"/>.</summary>
internal abstract class InferenceSequence
{
    private volatile bool _isCancelled;

    /// <param name="tokens">What is known of it.</param>
    /// <param name="firstOutput">The first position whose outcome is wanted.</param>
    /// <param name="output">What is wanted of it and those after it.</param>
    /// <param name="adapter">What it is computed with, or null; disposed when the sequence ends.</param>
    protected InferenceSequence(IEnumerable<int> tokens, int firstOutput, RowOutput output, AdapterSnapshot? adapter)
    {
        Tokens = [.. tokens];
        (FirstOutput, Output, Adapter) = (firstOutput, output, adapter);
    }

    public List<int> Tokens { get; }

    public int FirstOutput { get; }

    public RowOutput Output { get; }

    public AdapterSnapshot? Adapter { get; }

    /// <summary>Keys and values, once it has begun.</summary>
    public KeyValueCache? Cache { get; set; }

    /// <summary>Positions taken from what others had computed.</summary>
    public int Reused { get; set; }

    public bool IsCancelled => _isCancelled;

    /// <summary>Whether it wants nothing more.</summary>
    public bool IsDone { get; protected set; }

    public int Computed => Cache?.Count ?? 0;

    /// <summary>Positions that are known and not computed.</summary>
    public int Left => Tokens.Count - Computed;

    /// <summary>Whether more than the token drawn last is left to compute.</summary>
    public bool IsReading => Left > 1;

    /// <summary>Asks the engine to let go of it; from any thread.</summary>
    public void Cancel() => _isCancelled = true;

    /// <summary>Takes a wanted row.</summary>
    public void Take(int position, Span<float> row)
    {
        if (IsDone)
        {
            return;
        }

        try
        {
            OnRow(position, row);
        }
#pragma warning disable CA1031 // What one request does wrong must not end the others.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }
    }

    /// <summary>Ends it with an error.</summary>
    public void Fail(Exception exception)
    {
        if (!IsDone)
        {
            IsDone = true;
            OnFailed(exception);
        }
    }

    /// <summary>Takes a wanted row: logits or a hidden state.</summary>
    protected abstract void OnRow(int position, Span<float> row);

    /// <summary>Tells whoever waits.</summary>
    protected abstract void OnFailed(Exception exception);
}
