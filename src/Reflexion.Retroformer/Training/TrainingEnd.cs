namespace Reflexion.Retroformer;

/// <summary>Why training ended.</summary>
public enum TrainingEnd
{
    /// <summary>All updates were made.</summary>
    Completed,

    /// <summary>The divergence from the reference policy rose above its limit.</summary>
    KlLimit,

    /// <summary>Held-out evaluations were worse than the incumbent too often in a row.</summary>
    HeldOutRegress,

    /// <summary>The source had no failures to learn from.</summary>
    NoFailures,
}
