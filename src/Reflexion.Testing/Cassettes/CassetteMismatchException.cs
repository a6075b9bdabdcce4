namespace Reflexion.Testing;

/// <summary>A cassette was asked for a call that it does not hold, or holds fewer times than it was asked for.</summary>
/// <remarks>
/// The message shows the closest recorded request: the first message that differs, where it differs, and what options differ.
/// <example><code>catch (CassetteMismatchException fault) { output.WriteLine(fault.Difference); }</code></example>
/// </remarks>
public sealed class CassetteMismatchException : InvalidOperationException
{
    internal CassetteMismatchException(string message, string difference)
        : base($"{message}\n{difference}")
    {
        Difference = difference;
    }

    /// <summary>How the request differs from the closest recorded one; several lines.</summary>
    public string Difference { get; }
}
