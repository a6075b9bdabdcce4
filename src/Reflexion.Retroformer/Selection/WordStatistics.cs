namespace Reflexion.Retroformer;

/// <summary>The words of a text, in lower case, and how the text is built of them.</summary>
internal sealed class WordStatistics
{
    private WordStatistics(int words, int sentences, HashSet<string> distinct)
    {
        Words = words;
        Sentences = sentences;
        Distinct = distinct;
    }

    internal int Words { get; }

    internal int Sentences { get; }

    internal HashSet<string> Distinct { get; }

    internal static WordStatistics Of(string text)
    {
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        int words = 0;
        int sentences = 0;
        bool inSentence = false;
        int start = -1;
        for (int at = 0; at <= text.Length; at++)
        {
            char c = at < text.Length ? text[at] : '.';
            if (char.IsLetterOrDigit(c))
            {
                start = start < 0 ? at : start;
                inSentence = true;
                continue;
            }

            if (start >= 0)
            {
                words++;
                distinct.Add(text[start..at].ToLowerInvariant());
                start = -1;
            }

            if (inSentence && c is '.' or '!' or '?' or ';' or '\n')
            {
                sentences++;
                inSentence = false;
            }
        }

        return new(words, sentences, distinct);
    }

    /// <summary>The share of this text's distinct words that stand in the other one, in [0,1]; 0 without words.</summary>
    internal double ShareIn(WordStatistics other) => Distinct.Count == 0 ? 0 : (double)Distinct.Count(other.Distinct.Contains) / Distinct.Count;

    /// <summary>The words both have over the words either has, in [0,1] (Jaccard's index); 0 where neither has any.</summary>
    internal double Overlap(WordStatistics other)
    {
        int shared = Distinct.Count(other.Distinct.Contains);
        int all = Distinct.Count + other.Distinct.Count - shared;
        return all == 0 ? 0 : (double)shared / all;
    }
}
