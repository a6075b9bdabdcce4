namespace Reflexion.Retroformer;

/// <summary>What a <see cref="SelectorLearner"/> has done so far.</summary>
/// <param name="Learnt">Rewarded decisions that were learnt from.</param>
/// <param name="HeldOut">Rewarded decisions that were held out.</param>
/// <param name="Updates">Updates made.</param>
/// <param name="Refused">Updates refused, because too little of what is logged would speak for the updated policy.</param>
/// <param name="Promotions">How often the candidate replaced the serving policy.</param>
/// <param name="Rollbacks">How often the candidate was measurably worse and was set back to the serving policy.</param>
/// <param name="EffectiveSampleShare">The effective sample size of the window under the last update, as a share, in [0,1]; 1 before the first.</param>
public readonly record struct SelectorProgress(
    long Learnt, long HeldOut, long Updates, long Refused, long Promotions, long Rollbacks, double EffectiveSampleShare)
{
    /// <summary>The held-out gain of the candidate over the serving policy at the last test, in reward; null before the first.</summary>
    public IntervalEstimate? LastGain { get; init; }
}
