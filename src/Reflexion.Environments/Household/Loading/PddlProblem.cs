namespace Reflexion.Environments;

/// <summary>What a problem says holds at the start, and what is to be reached.</summary>
internal sealed class PddlProblem
{
    private readonly ILookup<string, string[]> _facts;

    private PddlProblem(string source, IReadOnlyList<string[]> facts, PddlNode goal)
    {
        Source = source;
        Goal = goal;
        Constants = [.. facts.SelectMany(fact => fact.Skip(1)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _facts = facts.ToLookup(fact => fact[0], StringComparer.Ordinal);
    }

    /// <summary>Where the problem comes from.</summary>
    internal string Source { get; }

    internal PddlNode Goal { get; }

    /// <summary>All that facts speak of, each once, in ordinal order.</summary>
    internal IReadOnlyList<string> Constants { get; }

    /// <summary>Reads a problem.</summary>
    /// <exception cref="DatasetFormatException">There is no start or no goal, or a fact has too few words.</exception>
    internal static PddlProblem Read(string text, string source)
    {
        PddlNode problem = PddlReader.Read(text, source);
        PddlNode init = problem.Find(":init") ?? throw new DatasetFormatException(source, 0, "the problem has no (:init …), which says how the game starts.");
        PddlNode goal = problem.Find(":goal") ?? throw new DatasetFormatException(source, 0, "the problem has no (:goal …).");

        // Where the start's last parenthesis is missing, the goal lies inside it.
        string[][] facts = [.. init.Items.Skip(1).Where(item => item.Head != ":goal").SelectMany(item => item.Facts())];
        return new(source, facts, goal);
    }

    /// <summary>The arguments of all facts of a kind that take one, each once.</summary>
    internal IEnumerable<string> Marked(string predicate) => Arguments(predicate, 1).Select(fact => fact[1]).Distinct(StringComparer.Ordinal);

    /// <summary>The arguments of all facts of a kind that take two, each pair once.</summary>
    internal IEnumerable<(string First, string Second)> Pairs(string predicate) => Arguments(predicate, 2).Select(fact => (fact[1], fact[2])).Distinct();

    /// <summary>The second argument of each fact of a kind, by the first.</summary>
    /// <exception cref="DatasetFormatException">A first argument has two.</exception>
    internal Dictionary<string, string> Map(string predicate)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string first, string second) in Pairs(predicate))
        {
            if (!map.TryAdd(first, second))
            {
                throw new DatasetFormatException(Source, 0, $"'{first}' has two facts '{predicate}': '{map[first]}' and '{second}'; only one can be.");
            }
        }

        return map;
    }

    private IEnumerable<string[]> Arguments(string predicate, int count)
    {
        foreach (string[] fact in _facts[predicate])
        {
            yield return fact.Length == count + 1
                ? fact
                : throw new DatasetFormatException(Source, 0, $"the fact ({string.Join(' ', fact)}) has {fact.Length - 1} arguments; '{predicate}' takes {count}.");
        }
    }
}
