namespace Reflexion;

/// <summary>What went wrong with a database.</summary>
public enum StoreFault
{
    /// <summary>Others kept it locked for longer than a call may wait.</summary>
    Busy,

    /// <summary>It has no room left on its disk.</summary>
    Full,

    /// <summary>It could not be reached, or broke off, also when tried again.</summary>
    Unavailable,

    /// <summary>It is damaged, or no database at all.</summary>
    Damaged,

    /// <summary>A newer release has changed its tables.</summary>
    NewerSchema,
}
