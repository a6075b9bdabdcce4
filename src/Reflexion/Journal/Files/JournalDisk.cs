using Microsoft.Win32.SafeHandles;

namespace Reflexion;

/// <summary>Writes bytes and flushes them; a seam for tests of full and failing disks.</summary>
internal class JournalDisk
{
    internal virtual void Write(SafeFileHandle file, ReadOnlyMemory<byte> bytes, long offset) => RandomAccess.Write(file, bytes.Span, offset);

    internal virtual void Flush(SafeFileHandle file) => RandomAccess.FlushToDisk(file);
}
