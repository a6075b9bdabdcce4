namespace Reflexion.Environments;

/// <summary>A sandbox cannot be set up or a program cannot be started in it. The message says why and what to do.</summary>
public sealed class SandboxException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="message">Why, and what to do.</param>
    /// <param name="innerException">What the system said, or null.</param>
    public SandboxException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
