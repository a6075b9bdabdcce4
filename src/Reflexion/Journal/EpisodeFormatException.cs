namespace Reflexion;

/// <summary>A recorded episode cannot be read: it is damaged, of a newer version, or something else.</summary>
/// <param name="source">The file, the entry, or what else was read.</param>
/// <param name="problem">What is wrong with it, and what to do.</param>
/// <param name="innerException">What found it, or null.</param>
public sealed class EpisodeFormatException(string source, string problem, Exception? innerException = null)
    : FormatException($"{source}: {problem}", innerException);
