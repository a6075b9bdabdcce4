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

    /// <summary>Nothing for the one command it sends, which is a transaction by itself; after a failure, that it is rolled back.</summary>
    InOne,

    /// <summary>That nobody else writes meanwhile, before there are tables.</summary>
    SetsUp,
}
