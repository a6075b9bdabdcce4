namespace Reflexion.LanguageModels;

/// <summary>Activations and room for results, a row for each token.</summary>
internal unsafe struct ProductArguments
{
    public float* X;
    public int XStride;
    public float* Y;
    public int YStride;
    public int Tokens;
    public bool Accumulate;

    /// <summary>Reads what results some tokens' totals begin with: what y holds, or zeros.</summary>
    /// <param name="totals">Room for <paramref name="width"/> numbers of each token.</param>
    /// <param name="width">Numbers from a token's totals to the next.</param>
    /// <param name="token">The first token.</param>
    /// <param name="tokens">How many.</param>
    /// <param name="output">The first output.</param>
    /// <param name="outputs">How many.</param>
    /// <param name="isKept">Whether what y holds counts.</param>
    public readonly void ReadTotals(float* totals, int width, int token, int tokens, int output, int outputs, bool isKept)
    {
        if (!isKept)
        {
            new Span<float>(totals, width * tokens).Clear();
            return;
        }

        for (int t = 0; t < tokens; t++)
        {
            new ReadOnlySpan<float>(Y + ((long)(token + t) * YStride) + output, outputs).CopyTo(new Span<float>(totals + (t * width), outputs));
        }
    }

    /// <summary>Writes totals to y; see <see cref="ReadTotals"/>.</summary>
    public readonly void WriteTotals(float* totals, int width, int token, int tokens, int output, int outputs)
    {
        for (int t = 0; t < tokens; t++)
        {
            new ReadOnlySpan<float>(totals + (t * width), outputs).CopyTo(new Span<float>(Y + ((long)(token + t) * YStride) + output, outputs));
        }
    }
}
