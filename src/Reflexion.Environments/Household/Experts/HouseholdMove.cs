namespace Reflexion.Environments;

/// <summary>What an expert does next, and why.</summary>
/// <param name="Thought">The reason in one or two short sentences; one line.</param>
/// <param name="Action">The command.</param>
public sealed record HouseholdMove(string Thought, string Action)
{
    /// <summary>Whether something new begins with this move (a search, a fetching, a placing), rather than going on as before.</summary>
    public bool OpensStage { get; init; }
}
