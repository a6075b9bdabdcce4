using System.Runtime.CompilerServices;

namespace Reflexion.Retroformer;

/// <summary>The lines of a file that have something on them.</summary>
internal static class DatasetLines
{
    private const int ChunkBytes = 1 << 16;
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>Reads them with their numbers, from 1. A line is good until the next one is asked for.</summary>
    /// <exception cref="DatasetFormatException">A line is too long, or there are too many.</exception>
    public static async IAsyncEnumerable<(long Number, ReadOnlyMemory<byte> Line)> ReadAsync(
        string path, DatasetLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using ConfiguredAsyncDisposable _ = stream.ConfigureAwait(false);
        byte[] buffer = new byte[ChunkBytes];
        (int start, int end, long number, long filled) = (0, 0, 1, 0);
        for (bool isAtEnd = false; !isAtEnd || start < end;)
        {
            int length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length < 0 && !isAtEnd)
            {
                (buffer, start, end) = MakeRoom(buffer, start, end);
                int read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false);
                end += read;
                isAtEnd = read == 0;
                Refuse(end - start > limits.MaxLineBytes && !buffer.AsSpan(start, limits.MaxLineBytes + 1).Contains((byte)'\n'), path, number, limits);
                continue;
            }

            length = length < 0 ? end - start : length;
            ReadOnlyMemory<byte> line = WithoutMark(buffer.AsMemory(start, length), number);
            if (line.Span.ContainsAnyExcept(" \t\r"u8))
            {
                Refuse(length > limits.MaxLineBytes, path, number, limits);
                yield return ++filled <= limits.MaxLines
                    ? (number, line)
                    : throw new DatasetFormatException(path, number, FormattableString.Invariant($"There are more than {limits.MaxLines} entries; read it in parts, or raise {nameof(DatasetLimits.MaxLines)}."));
            }

            start = Math.Min(end, start + length + 1);
            number++;
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> line, long number) =>
        number == 1 && line.Span.StartsWith(ByteOrderMark) ? line[ByteOrderMark.Length..] : line;

    private static void Refuse(bool isTooLong, string path, long number, DatasetLimits limits)
    {
        if (isTooLong)
        {
            throw new DatasetFormatException(path, number, FormattableString.Invariant($"The line is longer than {limits.MaxLineBytes} bytes; raise {nameof(DatasetLimits.MaxLineBytes)} if it is meant to be."));
        }
    }

    // Never larger than twice the longest line, which is refused before it is held as a whole.
    private static (byte[] Buffer, int Start, int End) MakeRoom(byte[] buffer, int start, int end)
    {
        byte[] target = start == 0 && end == buffer.Length ? new byte[buffer.Length * 2] : buffer;
        buffer.AsSpan(start, end - start).CopyTo(target);
        return (target, 0, end - start);
    }
}
