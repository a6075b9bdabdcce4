namespace Reflexion.Testing;

/// <summary>The exception that ended a call. The type's name is for the reader: nothing is created from it.</summary>
internal sealed record CassetteFault(string Type, string Message)
{
    public int? Status { get; init; }

    public double? RetryAfterSeconds { get; init; }

    public CassetteFaultKind Kind { get; init; }
}
