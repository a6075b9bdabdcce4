using System.Collections.Immutable;

namespace Reflexion;

/// <summary>An entry of the credit ledger: which lessons stood in the prompt of which trial, and what the return did.</summary>
/// <param name="EpisodeId">The episode.</param>
/// <param name="Trial">The trial, from 1.</param>
/// <param name="LessonIds">The lessons in its prompt.</param>
/// <param name="DeltaG">ΔG = G(k+1) − G(k), in [−1,1]; null until the trial was scored, and for a first trial.</param>
public sealed record LessonUse(string EpisodeId, int Trial, ImmutableArray<string> LessonIds, double? DeltaG);
