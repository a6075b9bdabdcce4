namespace Reflexion.Environments;

/// <summary>The words of a text, as an index counts them.</summary>
internal static class Words
{
    /// <summary>The runs of letters and digits in a text, folded.</summary>
    internal static IEnumerable<string> Of(string text)
    {
        string folded = FoldedText.Of(text);
        int start = 0;
        for (int at = 0; at <= folded.Length; at++)
        {
            if (at < folded.Length && char.IsLetterOrDigit(folded[at]))
            {
                continue;
            }

            if (at > start)
            {
                yield return folded[start..at];
            }

            start = at + 1;
        }
    }
}
