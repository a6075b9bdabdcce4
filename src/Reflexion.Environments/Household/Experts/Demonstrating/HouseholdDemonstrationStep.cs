namespace Reflexion.Environments;

/// <summary>One step of a demonstration.</summary>
/// <param name="Thought">Why; one line.</param>
/// <param name="Action">The command.</param>
/// <param name="Observation">What the engine said.</param>
public sealed record HouseholdDemonstrationStep(string Thought, string Action, string Observation)
{
    /// <summary>Whether something new begins here rather than going on as before; where thoughts are rare, they stand at such steps.</summary>
    public bool OpensStage { get; init; }
}
