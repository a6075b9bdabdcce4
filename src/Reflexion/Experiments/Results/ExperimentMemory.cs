namespace Reflexion;

/// <summary>What was in an arm's memory when its episodes had ended.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Snapshot">The lessons, their credit, and what guards rejected.</param>
public sealed record ExperimentMemory(string Arm, int Seed, MemorySnapshot Snapshot);
