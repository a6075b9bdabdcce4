namespace Reflexion;

/// <summary>What an exception of a provider's SDK tells about a fault; see <see cref="ChatFaultClassifier.Reading{TException}"/>.</summary>
/// <param name="StatusCode">The HTTP status, or null where the exception has none.</param>
/// <param name="RetryAfter">How long the provider asks to wait, or null; <see cref="RetryAfterHeader.Parse"/> reads the header.</param>
/// <param name="ProviderMessage">The provider's own words, or null to take them from the exception's message.</param>
/// <param name="Kind">The kind of fault, or null to derive it from the status.</param>
public readonly record struct ChatFaultDetails(
    int? StatusCode, TimeSpan? RetryAfter = null, string? ProviderMessage = null, ChatFaultKind? Kind = null);
