namespace Reflexion.LanguageModels;

/// <summary>A model's file does not hold what its format asks for, or what is supported. The message says which file, what is wrong and where, and what to do.</summary>
public sealed class ModelFormatException : FormatException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="source">The file.</param>
    /// <param name="problem">What is wrong and where, and what is expected.</param>
    /// <param name="innerException">What found it, or null.</param>
    public ModelFormatException(string source, string problem, Exception? innerException = null)
        : base($"{source}: {problem}", innerException) => SourceName = source;

    /// <summary>The file.</summary>
    public string SourceName { get; }
}
