namespace Reflexion.Testing;

/// <summary>The sort of a recorded fault, which decides the inner exception it is replayed with.</summary>
internal enum CassetteFaultKind
{
    Other,
    Http,
    Timeout,
    Connection,

    /// <summary>The reader of a stream stopped reading.</summary>
    Abandoned,
}
