namespace Reflexion.Retroformer;

/// <summary>How many held-out tasks a verdict needs.</summary>
internal static class FewestTasks
{
    /// <summary>
    /// The smallest n with 2⁻ⁿ at most half of what the confidence leaves: with fewer tasks all differences are positive by chance more often than the
    /// interval says, and then so is every sample drawn from them. 6 at 95 %.
    /// </summary>
    internal static int For(double confidence) => (int)Math.Ceiling(-Math.Log2((1 - confidence) / 2));
}
