namespace Reflexion;

/// <summary>Tells the faults of a provider from each other, and from errors that are none of its doing.</summary>
public interface IChatFaultClassifier
{
    /// <summary>Says what an exception means.</summary>
    /// <param name="exception">What a chat client threw. Cancellation by the caller never comes here.</param>
    /// <returns>The fault; null for an exception that is not the provider's, which then reaches the caller unchanged and is not retried.</returns>
    ChatFault? Classify(Exception exception);
}
