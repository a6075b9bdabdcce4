namespace Reflexion;

/// <summary>What a call needs of a database.</summary>
internal enum SqlTransaction
{
    /// <summary>Nothing: each command it sends stands for itself.</summary>
    None,

    /// <summary>One state of the whole, for several commands that read.</summary>
    Reads,

    /// <summary>That nobody else writes meanwhile.</summary>
    Writes,

    /// <summary>That the tables stay as they are; others may add rows too, and keys tell who was first.</summary>
    Appends,

    /// <summary>That nobody else writes meanwhile, before there are tables.</summary>
    SetsUp,
}
