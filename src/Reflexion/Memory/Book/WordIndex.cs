namespace Reflexion;

/// <summary>The words of one tenant's lessons that can be recalled, for BM25. Not thread-safe.</summary>
internal sealed class WordIndex
{
    private readonly Dictionary<LessonEntry, LessonWords> _words = [];
    private readonly Dictionary<string, Dictionary<LessonEntry, int>> _byWord = new(StringComparer.Ordinal);
    private long _length;

    public WordIndex(IEnumerable<LessonEntry> entries)
    {
        foreach (LessonEntry entry in entries)
        {
            Add(entry);
        }
    }

    /// <summary>Adds a lesson, unless it is retired.</summary>
    public void Add(LessonEntry entry)
    {
        if (entry.Lesson.State == LessonState.Retired)
        {
            return;
        }

        var words = LessonWords.Of(entry.Lesson);
        _words.Add(entry, words);
        _length += words.Length;
        foreach ((string word, int count) in words.Counts)
        {
            (_byWord.TryGetValue(word, out Dictionary<LessonEntry, int>? having) ? having : _byWord[word] = []).Add(entry, count);
        }
    }

    /// <summary>Removes a lesson, where it is there.</summary>
    public void Remove(LessonEntry entry)
    {
        if (!_words.Remove(entry, out LessonWords? words))
        {
            return;
        }

        _length -= words.Length;
        foreach (string word in words.Counts.Keys)
        {
            Dictionary<LessonEntry, int> having = _byWord[word];
            having.Remove(entry);
            if (having.Count == 0)
            {
                _byWord.Remove(word);
            }
        }
    }

    /// <summary>The BM25 scores of the lessons that share words with a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="budget">The most occurrences of words to look at.</param>
    public Dictionary<LessonEntry, double> Score(string text, int budget)
    {
        var scores = new Dictionary<LessonEntry, double>();
        double mean = (double)_length / Math.Max(1, _words.Count);
        IEnumerable<KeyValuePair<string, long>> frequencies = LessonWords.Of(text).Counts.Keys
            .Select(word => KeyValuePair.Create(word, _byWord.TryGetValue(word, out Dictionary<LessonEntry, int>? having) ? having.Count : 0L));
        foreach (Bm25Term term in Bm25.Plan(frequencies, _words.Count, budget))
        {
            foreach ((LessonEntry entry, int count) in Latest(_byWord[term.Word], term.Take))
            {
                scores[entry] = scores.GetValueOrDefault(entry) + (term.Weight * Bm25.Saturation(count, _words[entry].Length, mean));
            }
        }

        return scores;
    }

    private static IEnumerable<KeyValuePair<LessonEntry, int>> Latest(Dictionary<LessonEntry, int> having, int count) =>
        having.Count <= count ? having : having.OrderByDescending(pair => pair.Key.Rank).Take(count);
}
