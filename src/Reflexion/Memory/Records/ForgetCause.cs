namespace Reflexion;

/// <summary>Why a lesson was forgotten.</summary>
internal enum ForgetCause
{
    /// <summary>Its task, or the memory, was full.</summary>
    Evicted,

    /// <summary>It was older than the memory keeps lessons.</summary>
    Expired,
}
