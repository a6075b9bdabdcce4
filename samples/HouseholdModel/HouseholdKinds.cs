using Reflexion.Environments;

namespace Reflexion.Samples.HouseholdModel;

/// <summary>Kinds of tasks by letters, in the order of their numbers: A for placing, F for two things at a time.</summary>
public static class HouseholdKinds
{
    /// <summary>All six.</summary>
    public const string All = "ABCDEF";

    /// <summary>Reads letters; null where there is another one, or none.</summary>
    public static string? Read(string letters)
    {
        ArgumentNullException.ThrowIfNull(letters);
        string upper = letters.ToUpperInvariant();
        return upper.Length > 0 && upper.All(letter => All.Contains(letter, StringComparison.Ordinal)) ? upper : null;
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
