namespace Reflexion.Retroformer;

/// <summary>A <see cref="SelectorProgress"/> as JSON, without the last test's outcome.</summary>
internal sealed record SelectorCounts(long Learnt, long HeldOut, long Updates, long Refused, long Promotions, long Rollbacks, double EffectiveSampleShare)
{
    internal static SelectorCounts Of(SelectorProgress progress) => new(
        progress.Learnt, progress.HeldOut, progress.Updates, progress.Refused, progress.Promotions, progress.Rollbacks, progress.EffectiveSampleShare);

    internal SelectorProgress ToProgress() =>
        new[] { Learnt, HeldOut, Updates, Refused, Promotions, Rollbacks }.All(count => count >= 0) && EffectiveSampleShare is >= 0 and <= 1
            ? new(Learnt, HeldOut, Updates, Refused, Promotions, Rollbacks, EffectiveSampleShare)
            : throw new ArgumentException("Counts are not below zero, and the effective sample's share lies in [0,1].");
}
