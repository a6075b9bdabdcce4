namespace Reflexion.Environments;

/// <summary>In which words a game is played. The rules are the same in all.</summary>
public sealed record HouseholdGameOptions
{
    /// <summary>How much of the engine's own texts is shown. Default: as in the papers.</summary>
    public HouseholdWording Wording { get; init; }

    /// <summary>How commands are written. Default: <see cref="HouseholdGrammar.PutInOrOn"/>, as in the papers.</summary>
    public HouseholdGrammar Grammar { get; init; }

    internal void Validate()
    {
        if (!Enum.IsDefined(Wording))
        {
            throw new ArgumentOutOfRangeException(nameof(Wording), Wording, "This is no wording.");
        }

        if (!Enum.IsDefined(Grammar))
        {
            throw new ArgumentOutOfRangeException(nameof(Grammar), Grammar, "This is no grammar.");
        }
    }
}
