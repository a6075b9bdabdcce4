namespace Reflexion.Retroformer;

/// <summary>What becomes of refinements that other weights wrote than those to be trained.</summary>
public enum StaleSamples
{
    /// <summary>They are left out and counted.</summary>
    Reject,

    /// <summary>Their advantage is multiplied by the truncated importance weight min(π/μ, limit) of each token. GRPO and PPO clip the ratio as ever.</summary>
    Weight,
}
