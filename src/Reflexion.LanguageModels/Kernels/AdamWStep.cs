namespace Reflexion.LanguageModels;

/// <summary>The numbers of one AdamW update: p = keep·p − rate · m / (root·√v + ε).</summary>
/// <param name="GradientScale">What gradients are multiplied with first.</param>
/// <param name="Beta1">How much of m is kept.</param>
/// <param name="Beta2">How much of v is kept.</param>
/// <param name="Gain1">1 − β₁, worked out in double precision.</param>
/// <param name="Gain2">1 − β₂, likewise.</param>
/// <param name="Keep">What weight decay leaves.</param>
/// <param name="Rate">The learning rate, corrected for m's bias.</param>
/// <param name="RootScale">The correction for v's bias.</param>
/// <param name="Epsilon">ε.</param>
internal readonly record struct AdamWStep<T>(T GradientScale, T Beta1, T Beta2, T Gain1, T Gain2, T Keep, T Rate, T RootScale, T Epsilon)
    where T : unmanaged;
