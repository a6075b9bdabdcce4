namespace Reflexion;

/// <summary>How many lessons a scope has.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Lessons">Its lessons.</param>
/// <param name="Quarantined">What guards rejected there.</param>
public sealed record ScopeCount(LessonScope Scope, int Lessons, int Quarantined);
