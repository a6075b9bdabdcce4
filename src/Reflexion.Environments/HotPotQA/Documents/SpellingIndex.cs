namespace Reflexion.Environments;

/// <summary>Finds the names that are spelled most like one: runs of three letters propose candidates, the edit distance decides.</summary>
internal sealed class SpellingIndex
{
    /// <summary>How alike a name must be spelled to count. Two letters in eight may differ.</summary>
    internal const double LeastSimilarity = 0.75;

    // The edit distance takes time in proportion to both lengths, so that not every name can be compared.
    private const int Candidates = 100;

    private readonly IReadOnlyList<string> _names;
    private readonly Dictionary<string, List<int>> _postings = [];

    /// <summary>Indexes names, already folded.</summary>
    internal SpellingIndex(IReadOnlyList<string> names)
    {
        _names = names;
        for (int name = 0; name < names.Count; name++)
        {
            foreach (string run in Runs(names[name]))
            {
                if (!_postings.TryGetValue(run, out List<int>? postings))
                {
                    _postings.Add(run, postings = []);
                }

                postings.Add(name);
            }
        }
    }

    /// <summary>The names spelled at least <see cref="LeastSimilarity"/> like a folded one, the closest first, among equals the one indexed first.</summary>
    internal IEnumerable<int> Closest(string name) => Proposed(name)
        .Select(candidate => (Name: candidate, Similarity: EditDistance.Similarity(name, _names[candidate])))
        .Where(candidate => candidate.Similarity >= LeastSimilarity)
        .OrderByDescending(candidate => candidate.Similarity).ThenBy(candidate => candidate.Name)
        .Select(candidate => candidate.Name);

    private IEnumerable<int> Proposed(string name)
    {
        var shared = new Dictionary<int, int>();
        foreach (string run in Runs(name))
        {
            foreach (int candidate in _postings.GetValueOrDefault(run, []))
            {
                shared[candidate] = shared.GetValueOrDefault(candidate) + 1;
            }
        }

        // Dice's coefficient, up to what is the same for all: names have about as many runs as letters.
        return shared.Where(candidate => MayBeAlike(name.Length, _names[candidate.Key].Length))
            .OrderByDescending(candidate => (double)candidate.Value / (name.Length + _names[candidate.Key].Length))
            .ThenBy(candidate => candidate.Key).Take(Candidates).Select(candidate => candidate.Key);
    }

    /// <summary>Each letter by which one name is longer is an edit.</summary>
    private static bool MayBeAlike(int left, int right) => Math.Min(left, right) >= LeastSimilarity * Math.Max(left, right);

    private static IEnumerable<string> Runs(string name)
    {
        string padded = $"  {name}  ";
        return Enumerable.Range(0, padded.Length - 2).Select(start => padded.Substring(start, 3)).Distinct();
    }
}
