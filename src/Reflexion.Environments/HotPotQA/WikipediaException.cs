namespace Reflexion.Environments;

/// <summary>Wikipedia could not be asked, or did not answer as its API should. The message says what happened.</summary>
public sealed class WikipediaException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What found it, or null.</param>
    public WikipediaException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
