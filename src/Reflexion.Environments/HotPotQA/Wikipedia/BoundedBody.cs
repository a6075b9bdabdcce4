using System.IO.Compression;

namespace Reflexion.Environments;

/// <summary>Reads replies that may be compressed, and stops at a limit before memory is filled.</summary>
internal static class BoundedBody
{
    /// <summary>Reads the body of a reply.</summary>
    /// <exception cref="InvalidDataException">It is longer than allowed, uncompressed, or is not compressed as it says.</exception>
    internal static async Task<byte[]> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        Stream raw = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        bool isCompressed = content.Headers.ContentEncoding.Contains("gzip", StringComparer.OrdinalIgnoreCase);
        Stream plain = isCompressed ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        await using var _ = plain.ConfigureAwait(false);
        using var body = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        for (int read; (read = await plain.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (body.Length + read > maxBytes)
            {
                throw new InvalidDataException($"The reply is longer than {maxBytes} bytes, which {nameof(WikipediaOptions)}.{nameof(WikipediaOptions.MaxReplyBytes)} allows.");
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
