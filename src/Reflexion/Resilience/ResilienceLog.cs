using Microsoft.Extensions.Logging;

namespace Reflexion;

/// <summary>What resilience writes to the log.</summary>
internal static partial class ResilienceLog
{
    internal const string Category = "Reflexion.Resilience";

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Retry {Retry} of {MaxRetries} in {Delay}: {Fault}")]
    internal static partial void Retrying(ILogger logger, int retry, int maxRetries, TimeSpan delay, string fault);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Falling back to client {Fallback} of {Fallbacks}: {Fault}")]
    internal static partial void FallingBack(ILogger logger, int fallback, int fallbacks, string fault);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "The circuit is open for {BreakDuration}: {Fault}")]
    internal static partial void CircuitOpened(ILogger logger, TimeSpan breakDuration, string? fault);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "The circuit is closed again")]
    internal static partial void CircuitClosed(ILogger logger);
}
