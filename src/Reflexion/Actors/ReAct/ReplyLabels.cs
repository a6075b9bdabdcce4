namespace Reflexion;

/// <summary>Reads labels: any case, singular or plural, with or without number, in markdown or not.</summary>
internal static class ReplyLabels
{
    private const string ObservationTag = "<observation";

    private static readonly (string Word, ReplyLabel Label)[] Words =
    [
        ("Thought", ReplyLabel.Thought),
        ("Action", ReplyLabel.Action),
        ("Final Answer", ReplyLabel.FinalAnswer),
        ("Observation", ReplyLabel.Observation),
    ];

    /// <summary>Reads the label a line starts with.</summary>
    /// <param name="line">The line.</param>
    /// <param name="length">How much of the line the label takes, the white space after it included; 0 for none.</param>
    internal static ReplyLabel Read(ReadOnlySpan<char> line, out int length)
    {
        int at = Skip(line, 0, " \t*_#>-`");
        if (line[at..].StartsWith(ObservationTag, StringComparison.OrdinalIgnoreCase))
        {
            length = at + ObservationTag.Length;
            return ReplyLabel.Observation;
        }

        foreach ((string word, ReplyLabel label) in Words)
        {
            if (line[at..].StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                length = AfterColon(line, at + word.Length);
                return length > 0 ? label : ReplyLabel.None;
            }
        }

        length = 0;
        return ReplyLabel.None;
    }

    /// <summary>Finds the first label inside a line, which must be written with its capital letter there.</summary>
    /// <param name="line">The line.</param>
    /// <param name="label">The label.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="end">Where it and the white space after it end.</param>
    internal static bool TryFindInline(ReadOnlySpan<char> line, ReplyLabel label, out int start, out int end)
    {
        string word = Array.Find(Words, entry => entry.Label == label).Word;
        start = end = 0;
        for (int next; (next = line[end..].IndexOf(word, StringComparison.Ordinal)) >= 0;)
        {
            start = end + next;
            end = AfterColon(line, start + word.Length);
            if (end > 0 && (start == 0 || !char.IsLetterOrDigit(line[start - 1])))
            {
                return true;
            }

            end = start + word.Length;
        }

        return false;
    }

    /// <summary>Where the text after plural, number and colon starts; 0 where there is no colon.</summary>
    private static int AfterColon(ReadOnlySpan<char> line, int at)
    {
        at += at < line.Length && line[at] is 's' or 'S' ? 1 : 0;
        at = Skip(line, at, " \t*_");
        at = Skip(line, at, "0123456789");
        at = Skip(line, at, " \t*_");
        return at < line.Length && (line[at] is ':' or '：') ? AfterEmphasis(line, Skip(line, at + 1, " \t\r")) : 0;
    }

    /// <summary>Skips the marks that close the emphasis of a label; those that open the emphasis of what follows stay.</summary>
    private static int AfterEmphasis(ReadOnlySpan<char> line, int at)
    {
        int after = Skip(line, at, "*_");
        return after == line.Length || char.IsWhiteSpace(line[after]) ? Skip(line, after, " \t\r") : at;
    }

    private static int Skip(ReadOnlySpan<char> line, int at, string characters)
    {
        int skipped = line[at..].IndexOfAnyExcept(characters);
        return skipped < 0 ? line.Length : at + skipped;
    }
}
