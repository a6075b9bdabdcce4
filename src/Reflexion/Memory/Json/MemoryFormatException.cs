namespace Reflexion;

/// <summary>A memory file or an exported snapshot cannot be read: it is damaged, of a newer version, or something else.</summary>
/// <remarks>Nothing is skipped to get past the damage: what could be read before it is as it was.</remarks>
public sealed class MemoryFormatException : FormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="source">The file, or what else was read.</param>
    /// <param name="lineNumber">The line that cannot be read, from 1.</param>
    /// <param name="problem">What is wrong with it, and what to do.</param>
    /// <param name="innerException">What found it, or null.</param>
    public MemoryFormatException(string source, long lineNumber, string problem, Exception? innerException = null)
        : base($"{source}, line {lineNumber}: {problem}", innerException)
    {
        LineNumber = lineNumber;
    }

    /// <summary>The line that cannot be read, from 1.</summary>
    public long LineNumber { get; }
}
