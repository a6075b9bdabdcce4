namespace Reflexion.Environments;

/// <summary>A file of tasks does not hold what its format asks for. The message says where, what is wrong, and what belongs there.</summary>
public sealed class DatasetFormatException : FormatException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="source">The file, or a name for what was read.</param>
    /// <param name="line">The line, from 1; 0 where lines say nothing.</param>
    /// <param name="problem">What is wrong, and what is expected.</param>
    /// <param name="innerException">What found it, or null.</param>
    public DatasetFormatException(string source, int line, string problem, Exception? innerException = null)
        : base(line > 0 ? $"{source}, line {line}: {problem}" : $"{source}: {problem}", innerException)
    {
        SourceName = source;
        Line = line;
    }

    /// <summary>The file, or a name for what was read.</summary>
    public string SourceName { get; }

    /// <summary>The line, from 1; 0 where lines say nothing.</summary>
    public int Line { get; }
}
