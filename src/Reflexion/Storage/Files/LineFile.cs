using Microsoft.Win32.SafeHandles;

namespace Reflexion;

/// <summary>Files of lines that are only added to, of which a line without its end does not count.</summary>
internal static class LineFile
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>The whole lines from an offset on, without their ends. A line is good until the next one is asked for.</summary>
    internal static IEnumerable<ReadOnlyMemory<byte>> WholeLines(SafeFileHandle file, long from)
    {
        byte[] chunk = new byte[ChunkBytes];
        int start = 0;
        int end = 0;
        for (long position = from; ;)
        {
            int length = chunk.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                yield return chunk.AsMemory(start, length);
                start += length + 1;
                continue;
            }

            chunk.AsSpan(start, end - start).CopyTo(chunk);
            (start, end) = (0, end - start);
            if (end == chunk.Length)
            {
                Array.Resize(ref chunk, chunk.Length * 2);
            }

            int read = RandomAccess.Read(file, chunk.AsSpan(end), position);
            if (read == 0)
            {
                yield break;
            }

            position += read;
            end += read;
        }
    }

    /// <summary>Cuts off what stands behind a length: a line that was never finished.</summary>
    internal static void CutTo(SafeFileHandle file, long length)
    {
        if (RandomAccess.GetLength(file) > length)
        {
            RandomAccess.SetLength(file, length);
        }
    }

    /// <summary>Cuts off after a write that failed.</summary>
    internal static void TryCutTo(SafeFileHandle file, long length)
    {
        try
        {
            CutTo(file, length);
        }
        catch (IOException)
        {
            // The first failure is the one to report. Readers leave a line without an end alone, and the next writer cuts it.
        }
    }
}
