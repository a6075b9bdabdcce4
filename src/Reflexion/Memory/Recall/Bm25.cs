namespace Reflexion;

/// <summary>Okapi BM25 (Robertson and Zaragoza, "The probabilistic relevance framework", 2009), with a bound on the work.</summary>
internal static class Bm25
{
    /// <summary>How soon repeating a word counts no more.</summary>
    public const double K1 = 1.2;

    /// <summary>How much a long lesson must repeat a word to count as much as a short one.</summary>
    public const double B = 0.75;

    /// <summary>The most words of a query that count.</summary>
    public const int MostTerms = 64;

    /// <summary>The words to look up: rarest first, until the budget of occurrences is used up.</summary>
    /// <param name="frequencies">Of each word of the query, how many lessons have it.</param>
    /// <param name="lessons">How many lessons there are.</param>
    /// <param name="budget">The most occurrences to look at.</param>
    public static List<Bm25Term> Plan(IEnumerable<KeyValuePair<string, long>> frequencies, long lessons, int budget)
    {
        var plan = new List<Bm25Term>();
        foreach ((string word, long having) in frequencies.Where(pair => pair.Value > 0)
            .OrderBy(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MostTerms))
        {
            int take = (int)Math.Min(having, budget);
            if (take == 0)
            {
                break;
            }

            plan.Add(new(word, Math.Log(1 + ((lessons - having + 0.5) / (having + 0.5))), take));
            budget -= take;
        }

        return plan;
    }

    /// <summary>What one word adds to a lesson's score, before the word's own weight.</summary>
    public static double Saturation(int count, int length, double meanLength) =>
        count * (K1 + 1) / (count + (K1 * (1 - B + (B * length / meanLength))));
}
