namespace Reflexion.Tests;

/// <summary>An answer of a hub. With a length above that of the body, the connection is cut behind the body.</summary>
internal sealed record HubReply(int Status, byte[] Body, long? Length, params (string Name, string Value)[] Headers)
{
    internal static HubReply File(byte[] body, params (string Name, string Value)[] headers) => new(200, body, body.Length, headers);

    internal static HubReply Rest(byte[] whole, int from, params (string Name, string Value)[] headers) =>
        new(206, whole[from..], whole.Length - from, [("Content-Range", $"bytes {from}-{whole.Length - 1}/{whole.Length}"), .. headers]);

    internal static HubReply Refusal(int status, params (string Name, string Value)[] headers) => new(status, [], 0, headers);

    internal static HubReply Redirect(Uri target, params (string Name, string Value)[] headers) => new(302, [], 0, [("Location", target.AbsoluteUri), .. headers]);

    /// <summary>The body breaks off behind so many bytes.</summary>
    internal HubReply CutAt(int length) => this with { Body = Body[..length], Length = Length ?? Body.Length };
}
