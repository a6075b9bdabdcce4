using Microsoft.Win32.SafeHandles;

namespace Reflexion.Tests;

/// <summary>A memory file on a disk that fails when told to, after it has written a part.</summary>
internal sealed class FaultyLog(string path, TimeProvider time) : MemoryLog(path, flush: true, time)
{
    /// <summary>How many bytes of the next writes still fit, or null for a disk in order.</summary>
    public int? Room { get; set; }

    public bool CompactionFails { get; set; }

    public bool FlushFails { get; set; }

    /// <summary>Called before bytes are written.</summary>
    public Action? BeforeWrite { get; set; }

    public int Writes { get; private set; }

    public int Flushes { get; private set; }

    protected override void Write(SafeFileHandle file, ReadOnlyMemory<byte> bytes, long offset)
    {
        BeforeWrite?.Invoke();
        Writes++;
        if (CompactionFails && bytes.Length > 200 && bytes.Span.StartsWith("{\"format\""u8))
        {
            throw new IOException("No space left on device");
        }

        base.Write(file, bytes[..Math.Min(Room ?? int.MaxValue, bytes.Length)], offset);
        if (Room < bytes.Length)
        {
            throw new IOException("No space left on device");
        }
    }

    protected override void Flush(SafeFileHandle file)
    {
        Flushes++;
        if (FlushFails)
        {
            throw new IOException("Input/output error");
        }

        base.Flush(file);
    }
}
