namespace Reflexion;

/// <summary>A saved experiment cannot be read: it is damaged, of a newer version, or something else.</summary>
/// <param name="problem">What is wrong with it, and what to do.</param>
/// <param name="innerException">What found it, or null.</param>
public sealed class ExperimentFormatException(string problem, Exception? innerException = null) : FormatException(problem, innerException);
