namespace Reflexion;

/// <summary>What of an experiment a report leaves out to stay small.</summary>
/// <param name="Episodes">Episodes shown without prompts and trajectories, though the result had them.</param>
/// <param name="Lessons">Lessons not shown.</param>
/// <param name="Rejections">Rejected lessons not shown.</param>
public sealed record ReportOmissions(int Episodes, int Lessons, int Rejections)
{
    /// <summary>Whether nothing is left out.</summary>
    public bool IsEmpty => Episodes == 0 && Lessons == 0 && Rejections == 0;
}
