using System.Runtime.InteropServices;

namespace Reflexion;

/// <summary>The words of a lesson, or of a query, and how often each stands there.</summary>
internal sealed class LessonWords
{
    // A database's index has room for keys of this length in any script.
    private const int LongestWord = 64;

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    private LessonWords(string text)
    {
        foreach (string word in WordSequence.WordsOf(text))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, Clip.AtBoundary(word, LongestWord), out _)++;
            Length++;
        }
    }

    /// <summary>Each word once, with how often it stands there.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>How many words there are.</summary>
    public int Length { get; }

    public static LessonWords Of(Lesson lesson) => Of(GuardedText.Of(lesson));

    public static LessonWords Of(string text) => new(WellFormedText.Of(text));

    /// <summary>The words both have over the words either has, in [0,1] (Jaccard's index); 0 where neither has any.</summary>
    public double Overlap(LessonWords other)
    {
        int shared = _counts.Keys.Count(other._counts.ContainsKey);
        int all = _counts.Count + other._counts.Count - shared;
        return all == 0 ? 0 : (double)shared / all;
    }
}
