namespace Reflexion.Environments;

/// <summary>Which part of the generated worlds to draw from. No world is in two parts, whatever the seeds.</summary>
/// <remarks>
/// The part a world belongs to follows from its floor plan alone: the number of receptacles of each type. The generator draws plans until one
/// falls into the part that was asked for. So the parts share no world, nor even a plan: those who were trained in one part find every
/// room of another new.
/// </remarks>
public enum HouseholdSplit
{
    /// <summary>Worlds to learn from: five of eight floor plans.</summary>
    Train,

    /// <summary>Worlds to choose settings by: one of eight.</summary>
    Validation,

    /// <summary>Worlds to report results on: one of eight.</summary>
    Test,

    /// <summary>Worlds that the examples in prompts are taken from, so that no example shows a world of another part: one of eight.</summary>
    Demonstration,
}
