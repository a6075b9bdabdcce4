using Microsoft.Win32.SafeHandles;

namespace Reflexion.Tests;

/// <summary>A disk that is full when told to be, after it has written a part.</summary>
internal sealed class FullDisk : JournalDisk
{
    /// <summary>How many bytes still fit, or null for a disk with room.</summary>
    internal int? Room { get; set; }

    internal int Flushes { get; private set; }

    internal override void Write(SafeFileHandle file, ReadOnlyMemory<byte> bytes, long offset)
    {
        int fits = Math.Min(Room ?? int.MaxValue, bytes.Length);
        base.Write(file, bytes[..fits], offset);
        Room -= fits;
        if (fits < bytes.Length)
        {
            throw new IOException("No space left on device");
        }
    }

    internal override void Flush(SafeFileHandle file)
    {
        Flushes++;
        base.Flush(file);
    }
}
