using System.Diagnostics.Metrics;

namespace Reflexion.Retroformer;

/// <summary>The name under which training reports metrics.</summary>
public static class TrainingTelemetry
{
    /// <summary>The name of the meter: pass it to <c>AddMeter</c>.</summary>
    public const string Name = "Reflexion.Retroformer";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Updates = Meter.CreateCounter<long>("reflexion.training.updates", "{update}", "Updates of a policy.");
    private static readonly Counter<long> Samples = Meter.CreateCounter<long>("reflexion.training.samples", "{refinement}", "Refinements that a policy learnt from.");
    private static readonly Counter<long> ZeroVariance = Meter.CreateCounter<long>("reflexion.training.zero_variance_groups", "{group}", "Groups whose refinements had one reward.");
    private static readonly Counter<long> Stale = Meter.CreateCounter<long>("reflexion.training.stale_samples", "{refinement}", "Refinements that other weights wrote.");
    private static readonly Histogram<double> Reward = Meter.CreateHistogram<double>("reflexion.training.reward", "1", "Mean reward of an update.");
    private static readonly Histogram<double> Kl = Meter.CreateHistogram<double>("reflexion.training.kl", "{nat}", "Divergence from the reference policy, a token.");
    private static readonly Histogram<double> GradientNorm = Meter.CreateHistogram<double>("reflexion.training.gradient_norm", "1", "The gradient's norm before clipping.");
    private static readonly Histogram<double> Gain = Meter.CreateHistogram<double>("reflexion.training.held_out_gain", "1", "Held-out gain over the incumbent.");
    private static readonly Counter<long> Promotions = Meter.CreateCounter<long>("reflexion.training.promotions", "{policy}", "Policies that replaced the incumbent.");

    internal static void Record(TrainingProgress happened)
    {
        switch (happened)
        {
            case PolicyUpdated { Metrics: var metrics }:
                Updates.Add(1);
                Samples.Add(metrics.Samples);
                ZeroVariance.Add(metrics.ZeroVarianceGroups);
                Stale.Add(metrics.StaleSamples);
                Reward.Record(metrics.Reward);
                GradientNorm.Record(metrics.GradientNorm);
                if (metrics.Kl is { } kl)
                {
                    Kl.Record(kl);
                }

                break;
            case PolicyEvaluated { Decision: var decision }:
                Gain.Record(decision.Gain.Value);
                Promotions.Add(decision.IsPromoted ? 1 : 0);
                break;
        }
    }
}
