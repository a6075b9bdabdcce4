namespace Reflexion;

/// <summary>A model call failed for good: the fault is permanent, or the retries and fallbacks are used up.</summary>
/// <remarks>The message says what was wrong and what to do; the provider's own exception is the inner one.</remarks>
public class ChatFaultException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fault">What went wrong.</param>
    /// <param name="innerException">The exception of the provider's client, or null.</param>
    public ChatFaultException(ChatFault fault, Exception? innerException = null)
        : base(fault?.Message, innerException) => Fault = fault ?? throw new ArgumentNullException(nameof(fault));

    /// <summary>What went wrong.</summary>
    public ChatFault Fault { get; }

    /// <summary>How many times the call was made. Default 1.</summary>
    public int Attempts { get; internal set; } = 1;

    /// <summary>Whether retries were made already; another resilient client around the first must not multiply them.</summary>
    internal bool IsFinal { get; set; }

    /// <inheritdoc/>
    public override string Message => Attempts > 1 ? $"{base.Message} The call was made {Attempts} times." : base.Message;
}
