namespace Reflexion;

/// <summary>Which episodes of an experiment may learn from each other.</summary>
/// <remarks>
/// It is kept apart by the tenant of the episodes, so that a memory which arms share does not make them share lessons. Episodes that can
/// learn from each other are run one after the other, in the order of tasks and seeds, so that the outcome does not depend on timing.
/// </remarks>
public enum LessonSharing
{
    /// <summary>Those of one arm and one seed: every arm starts every seed with nothing learnt. The default.</summary>
    ArmAndSeed,

    /// <summary>Those of one arm: a later seed starts with what the arm learnt from earlier ones.</summary>
    Arm,

    /// <summary>All: every arm starts with what the arms before it learnt. It makes arms incomparable, unless that is the question.</summary>
    Experiment,

    /// <summary>As tenants and memories are configured: for arms that start with a memory filled before.</summary>
    AsConfigured,
}
