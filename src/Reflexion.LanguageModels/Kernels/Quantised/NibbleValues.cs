namespace Reflexion.LanguageModels;

/// <summary>What 4-bit indices stand for.</summary>
internal enum NibbleValues
{
    /// <summary>0 .. 15.</summary>
    FromZero,

    /// <summary>−8 .. 7.</summary>
    AroundZero,

    /// <summary>See <see cref="LanguageModels.UnequalSteps"/>.</summary>
    UnequalSteps,
}
