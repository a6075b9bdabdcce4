using System.Collections.Immutable;
using System.Net.Sockets;
using System.Text.Json;

namespace Reflexion;

/// <summary>Recognises faults by HTTP status, by the exceptions of .NET's network stack, and by what SDKs write into messages.</summary>
/// <remarks>
/// Knows no provider. Where an SDK keeps the status in a property of its own, tell it how to read it:
/// <code>ChatFaultClassifier.Default.Reading&lt;ClientResultException&gt;(e => new(e.Status))</code>
/// Immutable and thread-safe.
/// </remarks>
public sealed class ChatFaultClassifier : IChatFaultClassifier
{
    private readonly ImmutableArray<Func<Exception, ChatFaultDetails?>> _readers;

    private ChatFaultClassifier(ImmutableArray<Func<Exception, ChatFaultDetails?>> readers) => _readers = readers;

    /// <summary>The classifier without knowledge of any SDK's exceptions.</summary>
    public static ChatFaultClassifier Default { get; } = new([]);

    /// <summary>A classifier that also knows how to read an SDK's exception. Readers added later are asked first.</summary>
    /// <typeparam name="TException">The exception; those derived from it are read too, and inner ones.</typeparam>
    /// <param name="read">What the exception tells; null where it tells nothing, or a status below 300 where the fault came after the response.</param>
    public ChatFaultClassifier Reading<TException>(Func<TException, ChatFaultDetails?> read)
        where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(read);
        return new(_readers.Insert(0, exception => exception is TException known ? read(known) : null));
    }

    /// <inheritdoc/>
    public ChatFault? Classify(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Exception[] chain = [.. Chain(exception)];
        return First(chain, Told) ?? First(chain, Written) ?? First(chain, Thrown);
    }

    private ChatFault? Told(Exception exception)
    {
        if (exception is ChatFaultException known)
        {
            return known.Fault;
        }

        foreach (Func<Exception, ChatFaultDetails?> read in _readers)
        {
            if (read(exception) is { } details && (details.Kind is not null || details.StatusCode >= 300))
            {
                return ChatFaults.Of(details, exception.Message);
            }
        }

        return exception is HttpRequestException { StatusCode: { } status }
            ? ChatFaults.Of(new((int)status, (exception as HttpFaultException)?.RetryAfter), exception.Message)
            : null;
    }

    /// <summary>A status in a message. Exceptions that tell of a bug may quote anything, so theirs are not read.</summary>
    private static ChatFault? Written(Exception exception) =>
        exception is not (ArgumentException or InvalidOperationException or NotSupportedException or JsonException)
            && ChatFaultText.Read(exception.Message) is { } details
            ? ChatFaults.Of(details, exception.Message)
            : null;

    private static ChatFault? Thrown(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException or PathTooLongException or DriveNotFoundException => null,
        TimeoutException or OperationCanceledException => ChatFaults.NoAnswer(),
        HttpRequestException or IOException or SocketException => ChatFaults.Connection(exception),
        JsonException or InvalidDataException => ChatFaults.Unreadable(exception),
        _ => null,
    };

    private static ChatFault? First(Exception[] chain, Func<Exception, ChatFault?> classify)
    {
        foreach (Exception exception in chain)
        {
            if (classify(exception) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        yield return exception;
        IEnumerable<Exception> inner = exception is AggregateException several
            ? several.InnerExceptions
            : exception.InnerException is { } one ? [one] : [];
        foreach (Exception cause in inner.SelectMany(Chain))
        {
            yield return cause;
        }
    }
}
