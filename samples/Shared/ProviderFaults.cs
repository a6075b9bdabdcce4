using System.ClientModel;
using Anthropic.Exceptions;

namespace Reflexion.Samples;

/// <summary>What the exceptions of the two SDKs tell about a fault.</summary>
public static class ProviderFaults
{
    /// <summary>Reads both SDKs' exceptions.</summary>
    /// <param name="time">The clock that a <c>Retry-After</c> date is compared with; null for the system's.</param>
    public static ChatFaultClassifier Classifier(TimeProvider? time = null) => ChatFaultClassifier.Default
        .Reading<ClientResultException>(fault => new(fault.Status, RetryAfter(fault, time)))
        .Reading<AnthropicApiException>(fault => new((int)fault.StatusCode))
        .Reading<AnthropicInvalidDataException>(fault => new(null, ProviderMessage: $"a reply that cannot be read ({fault.Message})", Kind: ChatFaultKind.Transient));

    private static TimeSpan? RetryAfter(ClientResultException fault, TimeProvider? time)
    {
        string? value = null;
        fault.GetRawResponse()?.Headers.TryGetValue("retry-after", out value);
        return RetryAfterHeader.Parse(value, time);
    }
}
