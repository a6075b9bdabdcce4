namespace Reflexion;

/// <summary>A task of which a part stands in an example.</summary>
/// <param name="Example">The example's name.</param>
/// <param name="TaskId">The task's id.</param>
/// <param name="IsExact">Whether the whole instruction stands in the example, word for word.</param>
/// <param name="Overlap">The share, in (0,1], of the task's runs of words that stand in the example.</param>
/// <param name="LongestRun">How many words the longest common run has.</param>
/// <param name="Excerpt">That run, as normalised words.</param>
public sealed record ContaminationFinding(string Example, string TaskId, bool IsExact, double Overlap, int LongestRun, string Excerpt);
