using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>Something that happened while a policy was trained. The set of kinds is closed.</summary>
public abstract record TrainingProgress
{
    private protected TrainingProgress(int update) => Update = update;

    /// <summary>Updates of the policy made so far.</summary>
    public int Update { get; }
}

/// <summary>An update was made.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Updates">How many are to be made.</param>
/// <param name="Metrics">Its figures.</param>
/// <param name="Experiences">What was learnt from: the refinements and what came of them.</param>
public sealed record PolicyUpdated(int Number, int Updates, UpdateMetrics Metrics, ImmutableArray<Experience> Experiences) : TrainingProgress(Number);

/// <summary>The policy was compared with the incumbent on held-out failures.</summary>
/// <param name="Number">Updates of the policy made so far.</param>
/// <param name="Decision">What came out.</param>
/// <param name="NullReturn">Mean return of retries without a refinement, on the same failures.</param>
public sealed record PolicyEvaluated(int Number, PromotionDecision Decision, double NullReturn) : TrainingProgress(Number);

/// <summary>Training ended.</summary>
/// <param name="Number">Updates of the policy made.</param>
/// <param name="End">Why.</param>
/// <param name="AdapterHash">Identifies the weights that training ends with.</param>
/// <param name="RolledBackTo">The update that the weights were taken back to because no later ones were promoted; null where they were not.</param>
public sealed record TrainingEnded(int Number, TrainingEnd End, string AdapterHash, int? RolledBackTo) : TrainingProgress(Number);
