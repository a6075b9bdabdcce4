using System.Net;

namespace Reflexion.LanguageModels;

/// <summary>One file on its way into the cache.</summary>
internal sealed class Download(HubConnection connection, ModelHubOptions options, ModelHubFile file, CachedFile cached, IProgress<ModelDownloadProgress>? progress)
{
    private const int BufferBytes = 1 << 17;

    /// <summary>Gets the file, going on where an earlier call broke off, and checks it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        PartialDownload known = await ReceiveAllAsync(cancellationToken).ConfigureAwait(false);
        if ((file.Sha256 ?? known.Sha256) is { } sha256 && !await CachedFile.HasSha256Async(cached.Part, sha256, cancellationToken).ConfigureAwait(false))
        {
            cached.DropPart();
            throw new ModelHubException(ModelHubError.Corrupt, file.Sha256 is null
                ? $"{file}: what came does not have the SHA-256 {sha256} that the hub names, and was thrown away. Try again."
                : $"{file}: what came does not have the SHA-256 {sha256} that was asked for, and was thrown away. Check the sum, or the revision.");
        }

        cached.Complete();
    }

    private async Task<PartialDownload> ReceiveAllAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await ReceiveAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception cut) when (IsCut(cut, cancellationToken))
            {
                if (attempt == options.MaxAttempts)
                {
                    throw new ModelHubException(
                        ModelHubError.Interrupted, $"{file}: the connection broke in each of {attempt} attempts. What came is kept; call again to go on. ({cut.Message})", cut);
                }
            }
            catch (IOException full) when (IsDiskFull(full.HResult))
            {
                throw new ModelHubException(ModelHubError.DiskFull, $"{file}: the disk of '{cached.Path}' is full. Make room, or set another cache folder, and call again to go on.", full);
            }
        }
    }

    private async Task<PartialDownload> ReceiveAsync(CancellationToken cancellationToken)
    {
        PartialDownload? before = await cached.ReadKnowledgeAsync(cancellationToken).ConfigureAwait(false);
        FileStream part = new(cached.Part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        await using (part.ConfigureAwait(false))
        {
            long have = before?.Validator is null ? 0 : part.Length;
            if (before is not null && have > 0 && have == before.Length)
            {
                return before;
            }

            using HubAnswer answer = await AskAsync(before, have, cancellationToken).ConfigureAwait(false);
            PartialDownload known = new(PartialDownload.CurrentVersion, answer.Identity, answer.Validator, answer.Length, answer.Sha256);
            part.Position = answer.IsPartial ? have : 0;
            if (part.Length > part.Position)
            {
                part.SetLength(part.Position);
            }

            await cached.WriteKnowledgeAsync(known, cancellationToken).ConfigureAwait(false);
            await CopyAsync(answer, part, known, cancellationToken).ConfigureAwait(false);
            return known;
        }
    }

    /// <summary>The rest of the file where it can be had and is of the same content, and else the whole.</summary>
    private async Task<HubAnswer> AskAsync(PartialDownload? before, long have, CancellationToken cancellationToken)
    {
        HubAnswer answer = await connection.AskAsync(file, have, before?.Validator, cancellationToken).ConfigureAwait(false);
        bool isRest = answer.IsPartial && answer.Range?.From == have && have > 0 && answer.Identity == before?.Identity;
        if (answer.IsPartial ? !isRest : answer.Response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            answer.Dispose();
            answer = await connection.AskAsync(file, 0, null, cancellationToken).ConfigureAwait(false);
        }

        if (answer.Response.StatusCode == HttpStatusCode.OK || (answer.IsPartial && isRest))
        {
            return answer;
        }

        using (answer)
        {
            throw HubRefusal.Of(file, answer.Response, options.Token is not null);
        }
    }

    private async Task CopyAsync(HubAnswer answer, FileStream part, PartialDownload known, CancellationToken cancellationToken)
    {
        Stream body = await answer.Response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            byte[] buffer = new byte[BufferBytes];
            progress?.Report(new(part.Position, known.Length));
            while (await ReadAsync(body, buffer, cancellationToken).ConfigureAwait(false) is > 0 and int count)
            {
                await part.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                progress?.Report(new(part.Position, known.Length));
            }
        }

        part.Flush(flushToDisk: true);
        CheckLength(part.Position, known);
    }

    private void CheckLength(long received, PartialDownload known)
    {
        if (known.Length is { } length && received < length)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, $"the answer ended after {received} of {length} bytes");
        }

        if (known.Length is { } whole && received > whole)
        {
            cached.DropPart();
            throw new ModelHubException(ModelHubError.Corrupt, $"{file}: {received} bytes came of a file of {whole}, and were thrown away. Try again.");
        }
    }

    // What breaks while reading is the connection's fault; what breaks while writing is the disk's.
    private static async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException cut) when (cut is not HttpIOException)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, cut.Message, cut);
        }
    }

    // A time limit of the client's own shows as a cancellation that nobody asked for.
    private static bool IsCut(Exception wrong, CancellationToken cancellationToken) =>
        wrong is HttpRequestException or HttpIOException || (wrong is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    // ENOSPC and EDQUOT; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.
    private static bool IsDiskFull(int code) => code is 28 or 122 or 69 or unchecked((int)0x80070070) or unchecked((int)0x80070027);
}
