namespace Reflexion;

/// <summary>A stream broke after part of it had been handed on, so that it could not be retried unseen.</summary>
/// <remarks>Set <see cref="ChatResilienceOptions.BufferStreams"/> to have whole streams retried instead.</remarks>
/// <param name="fault">What went wrong.</param>
/// <param name="text">The text that had been handed on.</param>
/// <param name="innerException">The exception of the provider's client, or null.</param>
public sealed class ChatStreamInterruptedException(ChatFault fault, string text, Exception? innerException = null)
    : ChatFaultException(fault, innerException)
{
    /// <summary>The text that had been handed on; empty where only other content had.</summary>
    public string Text { get; } = text ?? throw new ArgumentNullException(nameof(text));

    /// <inheritdoc/>
    public override string Message =>
        $"The stream was interrupted after {Text.Length} characters. {base.Message} Ask again, or set {nameof(ChatResilienceOptions.BufferStreams)} to have whole streams retried.";
}
