namespace Reflexion;

/// <summary>Scores from which a task counts as solved.</summary>
internal static class Threshold
{
    // Ten rewards of 0.1 add up to a little less than 1.
    private const double Slack = 1e-9;

    internal static double Check(double threshold, string name) => threshold is > 0 and <= 1
        ? threshold
        : throw new ArgumentOutOfRangeException(name, threshold, "The score from which a task counts as solved lies in (0,1].");

    internal static bool Reached(double score, double threshold) => score >= threshold - Slack;
}
