using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Reflexion.Retroformer;

/// <summary>Files of entries, one on a line, that appear whole and read back or not at all.</summary>
internal static class DatasetFile
{
    private static readonly byte[] LineEnd = [(byte)'\n'];

    /// <summary>Writes a file beside the path, reads it back, and puts it in place of what is there.</summary>
    /// <returns>The number of entries.</returns>
    /// <exception cref="ArgumentException">An entry is not sound.</exception>
    /// <exception cref="IOException">It could not be written, or did not read back as it was written.</exception>
    public static async Task<long> WriteAsync<T>(string path, IAsyncEnumerable<T> entries, DatasetFormat<T> format, CancellationToken cancellationToken)
        where T : class
    {
        string target = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(target) ?? throw new ArgumentException($"'{path}' names no file.", nameof(path));
        Directory.CreateDirectory(folder);
        (long Count, string Hash) written = default;
        await WholeFile.WriteAsync(
            target,
            async stream => written = await WriteLinesAsync(stream, entries, format, cancellationToken).ConfigureAwait(false),
            async draft =>
            {
                DatasetLimits none = new() { MaxLineBytes = int.MaxValue - 1, MaxLines = long.MaxValue };
                if (await HashAsync(ReadAsync(draft, format, none, cancellationToken), format).ConfigureAwait(false) != written)
                {
                    throw new IOException($"'{target}' did not read back as it was written, and is left as it was; the disk may be damaged.");
                }
            }).ConfigureAwait(false);
        return written.Count;
    }

    /// <summary>Reads a file's entries one by one.</summary>
    /// <exception cref="DatasetFormatException">A line is not sound.</exception>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        string path, DatasetFormat<T> format, DatasetLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        bool awaitsHeader = format.HasHeader;
        await foreach ((long number, ReadOnlyMemory<byte> line) in DatasetLines.ReadAsync(path, limits, cancellationToken).ConfigureAwait(false))
        {
            if (awaitsHeader)
            {
                DatasetFormat<T>.ReadHeader(line.Span, path, number);
                awaitsHeader = false;
                continue;
            }

            yield return format.Read(line.Span, path, number);
        }

        if (awaitsHeader)
        {
            throw new DatasetFormatException(path, 1, $"The file is empty; a file of {DatasetHeader.Name} begins with a line that says so.");
        }
    }

    private static async Task<(long Count, string Hash)> WriteLinesAsync<T>(Stream stream, IAsyncEnumerable<T> entries, DatasetFormat<T> format, CancellationToken cancellationToken)
        where T : class
    {
        if (format.HasHeader)
        {
            await WriteLineAsync(JsonSerializer.SerializeToUtf8Bytes(DatasetHeader.Current, DatasetFormats.Context.DatasetHeader)).ConfigureAwait(false);
        }

        return await HashAsync(entries.WithCancellation(cancellationToken), format, WriteLineAsync).ConfigureAwait(false);

        async ValueTask WriteLineAsync(byte[] line)
        {
            await stream.WriteAsync(line, cancellationToken).ConfigureAwait(false);
            await stream.WriteAsync(LineEnd, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task<(long Count, string Hash)> HashAsync<T>(IAsyncEnumerable<T> entries, DatasetFormat<T> format)
        where T : class => HashAsync(entries.WithCancellation(CancellationToken.None), format, static _ => ValueTask.CompletedTask);

    private static async Task<(long Count, string Hash)> HashAsync<T>(ConfiguredCancelableAsyncEnumerable<T> entries, DatasetFormat<T> format, Func<byte[], ValueTask> handOn)
        where T : class
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long count = 0;
        await foreach (T entry in entries.ConfigureAwait(false))
        {
            byte[] line = JsonSerializer.SerializeToUtf8Bytes(Sound(entry, format, count), format.Type);
            hash.AppendData(line);
            hash.AppendData(LineEnd);
            await handOn(line).ConfigureAwait(false);
            count++;
        }

        return (count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static T Sound<T>(T entry, DatasetFormat<T> format, long index)
        where T : class =>
        entry is null ? throw new ArgumentException(FormattableString.Invariant($"Entry {index} is null."), nameof(entry))
        : format.Problem(entry) is { } problem ? throw new ArgumentException(FormattableString.Invariant($"Entry {index} cannot be written. {problem}"), nameof(entry))
        : entry;
}
