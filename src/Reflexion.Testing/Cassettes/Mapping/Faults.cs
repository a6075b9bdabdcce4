using System.Net;

namespace Reflexion.Testing;

/// <summary>Faults as data, and back.</summary>
internal static class Faults
{
    internal static CassetteFault Abandoned { get; } = new("abandoned", "The reader of the recorded stream stopped reading here, so what follows is not known.")
    {
        Kind = CassetteFaultKind.Abandoned,
    };

    internal static CassetteFault Record(Exception exception, Func<string, string> redact)
    {
        ChatFault? fault = ChatFaultClassifier.Default.Classify(exception);
        return new(exception.GetType().FullName!, redact(exception.Message))
        {
            Kind = Kind(fault),
            Status = fault?.StatusCode,
            RetryAfterSeconds = fault?.RetryAfter?.TotalSeconds,
        };
    }

    internal static Exception? Inner(CassetteFault fault) => fault.Kind switch
    {
        CassetteFaultKind.Http when fault.RetryAfterSeconds is { } seconds => new HttpFaultException((HttpStatusCode)fault.Status!, TimeSpan.FromSeconds(seconds), fault.Message),
        CassetteFaultKind.Http => new HttpRequestException(fault.Message, null, (HttpStatusCode?)fault.Status),
        CassetteFaultKind.Timeout => new TimeoutException(fault.Message),
        CassetteFaultKind.Connection => new IOException(fault.Message),
        _ => null,
    };

    private static CassetteFaultKind Kind(ChatFault? fault) => fault switch
    {
        { StatusCode: not null } => CassetteFaultKind.Http,
        { Kind: ChatFaultKind.Timeout } => CassetteFaultKind.Timeout,
        { Kind: ChatFaultKind.Transient } => CassetteFaultKind.Connection,
        _ => CassetteFaultKind.Other,
    };
}
