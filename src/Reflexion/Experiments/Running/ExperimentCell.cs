namespace Reflexion;

/// <summary>One episode to be run: which arm, which task, which seed, by their positions in the plan.</summary>
internal readonly record struct ExperimentCell(int Arm, int Task, int Seed);
