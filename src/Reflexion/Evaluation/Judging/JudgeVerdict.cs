using System.Collections.Immutable;

namespace Reflexion;

/// <summary>One vote of a judge, as it was read.</summary>
internal sealed record JudgeVerdict(double Score, bool Success, string Feedback, ImmutableArray<string> Evidence);
