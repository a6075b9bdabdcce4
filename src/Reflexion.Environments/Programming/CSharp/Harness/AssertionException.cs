namespace Reflexion.Harness;

/// <summary>An assertion does not hold.</summary>
public sealed class AssertionException(string message, string? actual = null) : Exception(message)
{
    /// <summary>The value that was looked at.</summary>
    public string? Actual => actual;
}
