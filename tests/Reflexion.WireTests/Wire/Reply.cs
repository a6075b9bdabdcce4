using System.Text;

namespace Reflexion.Tests;

/// <summary>The ways in which a server answers, well or ill.</summary>
internal static class Reply
{
    public static Func<Exchange, Task> Text(string text) => exchange =>
    {
        exchange.Begin();
        return exchange.SendAsync(exchange.Request.Streams ? exchange.Format.Events(text) : [exchange.Format.Body(text)]);
    };

    public static Func<Exchange, Task> ToolCall(string name, string arguments) => exchange =>
    {
        exchange.Begin();
        return exchange.SendAsync(
            exchange.Request.Streams ? exchange.Format.ToolCallEvents(name, arguments) : [exchange.Format.ToolCallBody(name, arguments)]);
    };

    public static Func<Exchange, Task> Status(int status, string message = "No luck.", string? retryAfter = null) => exchange =>
    {
        exchange.Begin(status);
        if (retryAfter is not null)
        {
            exchange.Context.Response.Headers.RetryAfter = retryAfter;
        }

        return exchange.SendAsync(exchange.Format.Error(status, message));
    };

    /// <summary>Accepts the request and never answers; tells when it has begun to.</summary>
    public static Func<Exchange, Task> Hang(TaskCompletionSource begun) => exchange =>
    {
        begun.SetResult();
        return exchange.HangAsync();
    };

    /// <summary>Sends a stream up to a number of words of its text and then nothing more.</summary>
    public static Func<Exchange, Task> HangAfter(int words) => async exchange =>
    {
        await BeginStreamAsync(exchange, words);
        await exchange.HangAsync();
    };

    /// <summary>Breaks off: a body in the middle, a stream before its first word.</summary>
    public static Func<Exchange, Task> Cut() => async exchange =>
    {
        if (exchange.Request.Streams)
        {
            await BeginStreamAsync(exchange, words: 0);
            exchange.Abort();
            return;
        }

        // The server closes a connection whose body is shorter than announced.
        string body = exchange.Format.Body("Some text");
        exchange.Begin(length: Encoding.UTF8.GetByteCount(body));
        await exchange.SendAsync(body[..(body.Length / 2)]);
    };

    /// <summary>Breaks the connection of a stream after some words, once they have been read.</summary>
    public static Func<Exchange, Task> CutAfter(int words, Task read) => async exchange =>
    {
        await BeginStreamAsync(exchange, words);
        await read;
        exchange.Abort();
    };

    /// <summary>Ends a stream in good order, but too early.</summary>
    public static Func<Exchange, Task> EndEarly(int words = 0) => exchange => BeginStreamAsync(exchange, words);

    /// <summary>Reports an error within a stream.</summary>
    public static Func<Exchange, Task> ErrorEvent(int words = 0) => async exchange =>
    {
        await BeginStreamAsync(exchange, words);
        await exchange.SendAsync(exchange.Format.ErrorEvent("Overloaded"));
    };

    /// <summary>A complete HTTP response with half of the JSON.</summary>
    public static Func<Exchange, Task> Truncated() => exchange =>
    {
        exchange.Begin();
        string whole = exchange.Request.Streams ? string.Concat(exchange.Format.Events("Some text")) : exchange.Format.Body("Some text");
        return exchange.SendAsync(exchange.Request.Streams ? whole[..40] + "\n\n" : whole[..(whole.Length / 2)]);
    };

    /// <summary>A complete HTTP response with this body.</summary>
    public static Func<Exchange, Task> Body(string body) => exchange =>
    {
        exchange.Begin();
        return exchange.SendAsync(exchange.Request.Streams ? $"event: message_start\ndata: {body}\n\n" : body);
    };

    private static Task BeginStreamAsync(Exchange exchange, int words)
    {
        exchange.Begin();
        return exchange.SendAsync(exchange.Format.Events("one two three four").Take(words == 0 ? 1 : exchange.Format.EventsBeforeText + words));
    }
}
