namespace Reflexion.Retroformer;

/// <summary>A dataset cannot be read: a line is damaged, too long, or says something else.</summary>
/// <param name="path">The file.</param>
/// <param name="line">The line, from 1.</param>
/// <param name="problem">What is wrong with it, and what to do.</param>
/// <param name="innerException">What found it, or null.</param>
public sealed class DatasetFormatException(string path, long line, string problem, Exception? innerException = null)
    : FormatException(FormattableString.Invariant($"{path}, line {line}: {problem}"), innerException)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>The line, from 1.</summary>
    public long Line { get; } = line;
}
