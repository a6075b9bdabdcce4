namespace Reflexion;

/// <summary>How far a piece of text may be trusted. A text made from others is as trustworthy as the least of them.</summary>
public enum TextIntegrity
{
    /// <summary>Written by the application's developer; the only kind that may enter the system role.</summary>
    Trusted = 0,

    /// <summary>Written by a model from trusted text only.</summary>
    Model = 1,

    /// <summary>Observed in the world (tool output, web pages, user documents), or derived from such text.</summary>
    Untrusted = 2,
}
