using System.Globalization;

namespace Reflexion;

/// <summary>The faults there are, in words that say what to do.</summary>
internal static class ChatFaults
{
    internal static ChatFault Of(ChatFaultDetails details, string message)
    {
        string said = ChatFaultText.Quote(details.ProviderMessage ?? message);
        ChatFaultKind kind = details.Kind ?? (ChatFaultText.TellsOfQuota(message) ? ChatFaultKind.QuotaExhausted : KindOf(details.StatusCode ?? 0));
        string status = details.StatusCode is { } code ? $" ({code.ToString(CultureInfo.InvariantCulture)})" : "";
        return new(kind, $"{Advice(kind, status)} The provider said: {said}") { StatusCode = details.StatusCode, RetryAfter = details.RetryAfter };
    }

    internal static ChatFault NoAnswer() =>
        new(ChatFaultKind.Timeout, "The provider's client gave up waiting for an answer. Try again later, or raise the client's own timeout.");

    internal static ChatFault NoAnswerWithin(TimeSpan limit, string option) =>
        new(ChatFaultKind.Timeout, $"The provider was silent for {Seconds(limit)}. Try again later, or raise {option}.");

    internal static ChatFault NotDoneWithin(TimeSpan limit, ChatFault? last) => new(
        ChatFaultKind.Timeout,
        $"The call was not done within {Seconds(limit)}. Try again later, or raise {nameof(ChatResilienceOptions.TotalTimeout)}.{Last(last)}")
    { StatusCode = last?.StatusCode };

    internal static ChatFault Connection(Exception exception) =>
        new(ChatFaultKind.Transient, $"The connection to the provider failed. Check the network and the endpoint. The cause: {ChatFaultText.Quote(exception.GetBaseException().Message)}");

    internal static ChatFault Unreadable(Exception exception) =>
        new(ChatFaultKind.Transient, $"The provider's reply could not be read. Check that the endpoint speaks this provider's format. The cause: {ChatFaultText.Quote(exception.Message)}");

    internal static ChatFault CutStream() => new(
        ChatFaultKind.Transient,
        $"The stream ended without a finish reason, so it counts as cut. For a provider that never sends one, set {nameof(ChatResilienceOptions.RequireFinishReason)} to false.");

    internal static ChatFault CircuitOpen(TimeSpan? retryAfter, ChatFault? last) => new(
        ChatFaultKind.CircuitOpen,
        $"Calls to the provider are suspended{(retryAfter is { } wait ? $" for {Seconds(wait)}" : "")}, since most of the recent ones failed. Try again later, or add a fallback client.{Last(last)}")
    { RetryAfter = retryAfter };

    internal static ChatFault WaitTooLong(ChatFault fault, TimeSpan cap) => fault with
    {
        Message = $"The provider asks to wait {Seconds(fault.RetryAfter!.Value)}, longer than the {Seconds(cap)} that {nameof(ChatResilienceOptions.MaxRetryAfter)} allows. {fault.Message}",
    };

    /// <summary>The fault of the first client, with what became of the fallbacks.</summary>
    internal static ChatFaultException AllFailed(IReadOnlyList<ChatFaultException> faults)
    {
        ChatFault first = faults[0].Fault;
        string rest = string.Join(" ", faults.Skip(1).Select(fault => fault.Fault.Message));
        return new(first with { Message = $"{first.Message} The fallback failed too: {rest}" }, new AggregateException(faults)) { Attempts = faults.Sum(fault => fault.Attempts), IsFinal = true };
    }

    private static ChatFaultKind KindOf(int status) => status switch
    {
        401 or 407 => ChatFaultKind.Authentication,
        402 => ChatFaultKind.QuotaExhausted,
        403 => ChatFaultKind.PermissionDenied,
        404 or 410 => ChatFaultKind.NotFound,
        429 => ChatFaultKind.RateLimited,
        501 or 505 => ChatFaultKind.InvalidRequest,
        408 or 409 or 425 or >= 500 => ChatFaultKind.Transient,
        _ => ChatFaultKind.InvalidRequest,
    };

    private static string Advice(ChatFaultKind kind, string status) => kind switch
    {
        ChatFaultKind.Authentication => $"The provider refused the API key{status}. Check that the key is set, not expired, and meant for this endpoint.",
        ChatFaultKind.PermissionDenied => $"The provider denied access{status}. Check that the key may use this model, project and region.",
        ChatFaultKind.NotFound => $"The provider does not know the model or the address{status}. Check the model's name and the endpoint.",
        ChatFaultKind.QuotaExhausted => $"The provider's quota or credit is used up{status}. Check the plan and its billing.",
        ChatFaultKind.InvalidRequest => $"The provider rejected the request{status}. Check the messages and the options.",
        ChatFaultKind.RateLimited => $"The provider limits the rate of calls{status}. Make fewer at once, or raise the plan's limit.",
        ChatFaultKind.Timeout => $"The provider did not answer in time{status}. Try again later.",
        _ => $"The provider is overloaded or failing{status}. Try again later, or add a fallback client.",
    };

    private static string Last(ChatFault? fault) => fault is null ? "" : $" The last fault: {fault.Message}";

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s";
}
