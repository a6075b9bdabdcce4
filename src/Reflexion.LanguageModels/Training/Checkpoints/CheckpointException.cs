namespace Reflexion.LanguageModels;

/// <summary>A checkpoint cannot be used: it is damaged, of another version, or of another training. The message says which and what to do.</summary>
public sealed class CheckpointException : IOException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong, and what to do.</param>
    /// <param name="innerException">What found it, or null.</param>
    public CheckpointException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException)
    {
    }
}
