namespace Reflexion.Retroformer;

/// <summary>A selector's state or log cannot be read: it is damaged, of a newer version, or something else.</summary>
public sealed class SelectorFormatException : FormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">What is wrong, and what to do.</param>
    /// <param name="innerException">What found it, or null.</param>
    public SelectorFormatException(string problem, Exception? innerException = null)
        : base(problem, innerException)
    {
    }
}
