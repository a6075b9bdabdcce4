namespace Reflexion;

/// <summary>What a call needs of a database.</summary>
internal enum SqlTransaction
{
    /// <summary>Nothing beyond the one command it sends.</summary>
    None,

    /// <summary>One state of the whole, for several commands that read.</summary>
    Reads,

    /// <summary>That nobody else writes meanwhile.</summary>
    Writes,

    /// <summary>The same, before there are tables.</summary>
    SetsUp,
}
