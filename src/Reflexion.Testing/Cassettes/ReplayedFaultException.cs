using System.Net;

namespace Reflexion.Testing;

/// <summary>A recorded call had failed, and its replay fails too.</summary>
/// <remarks>
/// Nothing is created from the recorded type's name. <see cref="Exception.InnerException"/> is one of a closed set, so that
/// code which tells transient faults from permanent ones decides as it did: <see cref="HttpRequestException"/> with its
/// status, <see cref="TimeoutException"/>, <see cref="IOException"/>, or null for every other fault.
/// <example><code>
/// catch (ReplayedFaultException fault) when (fault.StatusCode is HttpStatusCode.TooManyRequests)
/// </code></example>
/// </remarks>
public sealed class ReplayedFaultException : Exception
{
    internal ReplayedFaultException(CassetteFault fault)
        : base($"Replayed fault {fault.Type}: {fault.Message}", Faults.Inner(fault))
    {
        FaultType = fault.Type;
        FaultMessage = fault.Message;
        StatusCode = (HttpStatusCode?)fault.Status;
    }

    /// <summary>The full name of the recorded exception's type; data only.</summary>
    public string FaultType { get; }

    /// <summary>The recorded exception's message, as the redaction left it.</summary>
    public string FaultMessage { get; }

    /// <summary>The HTTP status of the recorded fault, or null.</summary>
    public HttpStatusCode? StatusCode { get; }
}
