namespace Reflexion.LanguageModels;

/// <summary>A file of a model hub could not be had. The message says which, why, and what to do.</summary>
public sealed class ModelHubException : IOException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="error">Why.</param>
    /// <param name="message">Which file, why, and what to do.</param>
    /// <param name="innerException">What found it, or null.</param>
    public ModelHubException(ModelHubError error, string message, Exception? innerException = null)
        : base(message, innerException) => Error = error;

    /// <summary>Why.</summary>
    public ModelHubError Error { get; }

    /// <summary>How long the hub asks to wait, if it says so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
