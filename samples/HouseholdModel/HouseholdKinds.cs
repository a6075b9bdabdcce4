using Reflexion.Environments;

namespace Reflexion.Samples.HouseholdModel;

/// <summary>Kinds of tasks by letters, in the order of their numbers: A for placing, F for two things at a time.</summary>
public static class HouseholdKinds
{
    /// <summary>All six.</summary>
    public const string All = "ABCDEF";

    /// <summary>The option that chooses some of them.</summary>
    public const string Option = "--kinds";

    /// <summary>Reads the option's letters; all kinds where it is not given.</summary>
    /// <exception cref="UsageException">There is another letter.</exception>
    public static string Read(CommandLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        string letters = line[Option]?.ToUpperInvariant() ?? All;
        return letters.All(letter => All.Contains(letter, StringComparison.Ordinal)) ? letters : throw new UsageException($"{Option} are letters from {All}, not '{line[Option]}'.");
    }

    /// <summary>Worlds of a part of all worlds, with tasks of some kinds only, as often as they usually come.</summary>
    public static IEnumerable<HouseholdWorld> Worlds(HouseholdSplit split, string kinds, int count, long firstSeed = 0)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        var usual = new HouseholdGeneratorOptions { Split = split };
        return new HouseholdGenerator(usual with
        {
            Weights = usual.Weights.Where(weight => kinds.Contains(All[(int)weight.Key], StringComparison.Ordinal)).ToDictionary(),
        }).GenerateMany(count, firstSeed);
    }
}
