namespace Reflexion.Environments;

/// <summary>How a <see cref="HouseholdExplorer"/> works.</summary>
public sealed record HouseholdExplorerOptions
{
    /// <summary>Decides among equally good words and, where there are slips, about those. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// How often a move goes wrong, from 0 (default) to 1: the explorer wanders off, forgets what it saw, skips a step of the task, or writes a
    /// command in a way that the engine does not read. Makes failures to learn from.
    /// </summary>
    public double SlipRate { get; init; }

    /// <summary>
    /// How things are put down. Null (default) to find out: by the admissible commands where they are given, else as in the papers
    /// until the engine does not understand.
    /// </summary>
    public HouseholdGrammar? Grammar { get; init; }

    internal void Validate()
    {
        if (!(SlipRate is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(SlipRate), SlipRate, "The slip rate is a probability, from 0 to 1.");
        }

        if (Grammar is { } grammar && !Enum.IsDefined(grammar))
        {
            throw new ArgumentOutOfRangeException(nameof(Grammar), Grammar, "This is no grammar.");
        }
    }
}
