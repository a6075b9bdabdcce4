using System.Net;
using System.Net.Http.Headers;

namespace Reflexion.LanguageModels;

/// <summary>The last of the answers that a request led to, and what the answers before it said of the content.</summary>
internal sealed record HubAnswer(HttpResponseMessage Response, string? Identity, string? Sha256, long? LinkedLength) : IDisposable
{
    /// <summary>Bytes of the whole file, if anyone said.</summary>
    public long? Length => IsPartial ? Range?.Length ?? LinkedLength
        : Response.Content.Headers.ContentLength ?? LinkedLength;

    /// <summary>Whether only the rest of the file follows.</summary>
    public bool IsPartial => Response.StatusCode == HttpStatusCode.PartialContent;

    public ContentRangeHeaderValue? Range => Response.Content.Headers.ContentRange;

    /// <summary>What a part must be asked for by; null if the host's tag does not promise equal bytes.</summary>
    public string? Validator => Response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null;

    public void Dispose() => Response.Dispose();
}
