namespace Reflexion.Retroformer;

/// <summary>Figures of one update of a policy.</summary>
public sealed record UpdateMetrics
{
    /// <summary>Failures collected.</summary>
    public int Failures { get; init; }

    /// <summary>Refinements that were learnt from.</summary>
    public int Samples { get; init; }

    /// <summary>Groups whose refinements all had the same reward, and which say nothing about which is better: skipped by the objectives that compare within a group.</summary>
    public int ZeroVarianceGroups { get; init; }

    /// <summary>Refinements that other weights wrote: left out, or weighted.</summary>
    public int StaleSamples { get; init; }

    /// <summary>Mean reward, costs and baseline included, divergence not.</summary>
    public double Reward { get; init; }

    /// <summary>Mean return G(k+1) of retries with a refinement.</summary>
    public double Return { get; init; }

    /// <summary>Mean return of retries without one; null where none was played.</summary>
    public double? NullReturn { get; init; }

    /// <summary>Mean tokens of a refinement.</summary>
    public double RefinementTokens { get; init; }

    /// <summary>The loss over all minibatches, on average.</summary>
    public double Loss { get; init; }

    /// <summary>The divergence from the reference policy in nats a token, estimated before the update as k3; null where the options ask for nothing that needs it.</summary>
    public double? Kl { get; init; }

    /// <summary>Mean entropy of the policy at a token, in nats, before the update.</summary>
    public double Entropy { get; init; }

    /// <summary>The share of tokens whose ratio was clipped.</summary>
    public double ClipFraction { get; init; }

    /// <summary>The mean of π/π_old over tokens of all epochs; 1 at the first step on fresh samples.</summary>
    public double MeanRatio { get; init; }

    /// <summary>The largest norm of the gradient before clipping, over all steps.</summary>
    public double GradientNorm { get; init; }

    /// <summary>How long collecting failures, sampling refinements and retrying took.</summary>
    public TimeSpan CollectTime { get; init; }

    /// <summary>How long scoring and updating took.</summary>
    public TimeSpan UpdateTime { get; init; }

    /// <summary>Steps of the optimiser; 0 where there was nothing to learn from.</summary>
    public int Steps { get; init; }
}
