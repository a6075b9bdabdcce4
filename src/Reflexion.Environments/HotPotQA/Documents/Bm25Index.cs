namespace Reflexion.Environments;

/// <summary>
/// Ranks documents by Okapi BM25 (Robertson and Zaragoza 2009): the sum over the query's words of
/// <c>ln(1 + (N − n + ½) / (n + ½)) · f·(k₁ + 1) / (f + k₁·(1 − b + b·|d| / mean|d|))</c>, where N documents hold n with the word, f times in d.
/// </summary>
internal sealed class Bm25Index
{
    /// <summary>k₁: how soon further occurrences of a word stop counting. The usual value.</summary>
    internal const double Saturation = 1.2;

    /// <summary>b: how much long documents are marked down. The usual value.</summary>
    internal const double LengthNormalization = 0.75;

    private readonly Dictionary<string, List<(int Document, int Count)>> _postings = [];
    private readonly int[] _lengths;
    private readonly double _meanLength;

    /// <summary>Indexes documents, each given as its words.</summary>
    internal Bm25Index(IEnumerable<IEnumerable<string>> documents)
    {
        var lengths = new List<int>();
        foreach (IEnumerable<string> document in documents)
        {
            int length = 0;
            foreach ((string word, int count) in document.CountBy(word => word))
            {
                Postings(word).Add((lengths.Count, count));
                length += count;
            }

            lengths.Add(length);
        }

        _lengths = [.. lengths];
        _meanLength = lengths.Count == 0 ? 0 : lengths.Average();
    }

    /// <summary>The documents that share a word with a query, the best first, among equals the one indexed first. A word repeated in the query counts once.</summary>
    internal IEnumerable<(int Document, double Score)> Rank(IEnumerable<string> query)
    {
        var scores = new Dictionary<int, double>();
        foreach (string word in query.Distinct())
        {
            if (_postings.TryGetValue(word, out List<(int Document, int Count)>? postings))
            {
                Add(scores, postings);
            }
        }

        return scores.Select(score => (Document: score.Key, Score: score.Value)).OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Document);
    }

    private void Add(Dictionary<int, double> scores, List<(int Document, int Count)> postings)
    {
        double rarity = Math.Log(1 + ((_lengths.Length - postings.Count + 0.5) / (postings.Count + 0.5)));
        foreach ((int document, int count) in postings)
        {
            double length = 1 - LengthNormalization + (LengthNormalization * _lengths[document] / _meanLength);
            scores[document] = scores.GetValueOrDefault(document) + (rarity * count * (Saturation + 1) / (count + (Saturation * length)));
        }
    }

    private List<(int Document, int Count)> Postings(string word)
    {
        if (!_postings.TryGetValue(word, out List<(int Document, int Count)>? postings))
        {
            _postings.Add(word, postings = []);
        }

        return postings;
    }
}
