using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Reflexion;

/// <summary>A memory file: a header and records, one a line, of which a line without its end does not count.</summary>
/// <remarks>Used by one caller at a time, who holds the lock. It remembers how far the file was read.</remarks>
internal class MemoryLog(string path, bool flush, TimeProvider time)
{
    private const FileShare Shared = FileShare.ReadWrite | FileShare.Delete;
    private const int ChunkBytes = 1 << 16;
    private const int LargestIdleBuffer = 1 << 20;
    private static readonly byte[] HeaderStart = [.. "{\"format\":\""u8, .. System.Text.Encoding.ASCII.GetBytes(MemoryHeader.File), .. "\""u8];

    private ArrayBufferWriter<byte> _buffer = new();
    private byte[] _header = [];
    private int _generation;
    private int _version = MemoryHeader.CurrentVersion;
    private long _length;

    /// <summary>Whether an earlier release wrote the file, in a format that has no room for what this one writes.</summary>
    public bool IsOutdated => _version < MemoryHeader.CurrentVersion;

    /// <summary>How many lines were read or written, the header among them.</summary>
    public long Lines { get; private set; }

    public SafeFileHandle Open() => File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, Shared);

    /// <summary>Whether the file is the one read so far, so that reading can go on.</summary>
    public bool Continues(SafeFileHandle file)
    {
        byte[] start = new byte[_header.Length];
        return Lines > 0
            && RandomAccess.GetLength(file) >= _length
            && RandomAccess.Read(file, start, 0) == start.Length
            && start.AsSpan().SequenceEqual(_header);
    }

    /// <summary>Starts reading from the beginning.</summary>
    public void Rewind()
    {
        _header = [];
        _length = 0;
        Lines = 0;
    }

    /// <summary>Reads the whole lines that were not read before.</summary>
    /// <exception cref="MemoryFormatException">A line is damaged or unknown.</exception>
    public IEnumerable<MemoryRecord> ReadNew(SafeFileHandle file)
    {
        foreach (ReadOnlyMemory<byte> line in LineFile.WholeLines(file, _length))
        {
            MemoryRecord? record = Lines == 0 ? null : MemoryLineFormat.Read(line.Span, path, Lines + 1);
            if (record is null)
            {
                MemoryHeader header = MemoryLineFormat.ReadHeader(line.Span, MemoryHeader.File, path);
                _generation = header.Generation ?? 0;
                _version = header.Version;
                _header = [.. line.Span, (byte)'\n'];
            }

            _length += line.Length + 1;
            Lines++;
            if (record is not null)
            {
                yield return record;
            }
        }
    }

    /// <summary>Writes the header, where there is none yet.</summary>
    /// <exception cref="MemoryFormatException">What there is instead is something else.</exception>
    public void Begin(SafeFileHandle file)
    {
        if (Lines > 0)
        {
            return;
        }

        byte[] start = new byte[HeaderStart.Length];
        int read = RandomAccess.Read(file, start, 0);
        if (!start.AsSpan(0, read).SequenceEqual(HeaderStart.AsSpan(0, read)))
        {
            throw new MemoryFormatException(path, 1, $"This is no {MemoryHeader.File} file, and is left as it is; choose another path.");
        }

        _header = HeaderOf(_generation + 1);
        Append(file, _header, 1);
        _generation++;
    }

    /// <summary>Writes records after the last whole line; whatever stands there is a line that was never finished.</summary>
    /// <exception cref="IOException">They could not be written; then none is in the file.</exception>
    public void Append(SafeFileHandle file, IReadOnlyCollection<MemoryRecord> records)
    {
        foreach (MemoryRecord record in records)
        {
            MemoryLineFormat.Write(_buffer, record);
        }

        try
        {
            Append(file, _buffer.WrittenMemory, records.Count);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Puts a file with these records in the place of this one, at once and as a whole.</summary>
    public void Rewrite(IEnumerable<MemoryRecord> records)
    {
        string next = path + ".compacting";
        byte[] header = HeaderOf(_generation + 1);
        long length = 0;
        long lines = 1;
        try
        {
            using (SafeFileHandle file = CreateLike(next))
            {
                _buffer.Write(header);
                foreach (MemoryRecord record in records)
                {
                    MemoryLineFormat.Write(_buffer, record);
                    lines++;
                    length += _buffer.WrittenCount >= ChunkBytes ? Drain(file, length) : 0;
                }

                length += Drain(file, length);
                Flush(file);
            }

            File.Move(next, path, overwrite: true);
        }
        catch
        {
            Reset();
            File.Delete(next);
            throw;
        }

        (_header, _length, Lines) = (header, length, lines);
        _version = MemoryHeader.CurrentVersion;
        _generation++;
    }

    /// <summary>Writes bytes; a seam for tests of full and failing disks.</summary>
    protected virtual void Write(SafeFileHandle file, ReadOnlyMemory<byte> bytes, long offset) =>
        RandomAccess.Write(file, bytes.Span, offset);

    /// <summary>Waits until the disk has everything; a seam too.</summary>
    protected virtual void Flush(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    private byte[] HeaderOf(int generation)
    {
        var bytes = new ArrayBufferWriter<byte>();
        MemoryLineFormat.Write(bytes, new MemoryHeader
        {
            Format = MemoryHeader.File,
            Version = MemoryHeader.CurrentVersion,
            Generation = generation,
            Created = time.GetUtcNow(),
        });
        return bytes.WrittenSpan.ToArray();
    }

    private void Append(SafeFileHandle file, ReadOnlyMemory<byte> lines, int count)
    {
        try
        {
            LineFile.CutTo(file, _length);
            Write(file, lines, _length);
            if (flush)
            {
                Flush(file);
            }
        }
        catch
        {
            LineFile.TryCutTo(file, _length);
            throw;
        }

        _length += lines.Length;
        Lines += count;
    }

    // One large import must not keep its memory for ever.
    private void Reset()
    {
        _buffer.ResetWrittenCount();
        _buffer = _buffer.Capacity > LargestIdleBuffer ? new() : _buffer;
    }

    private long Drain(SafeFileHandle file, long offset)
    {
        long written = _buffer.WrittenCount;
        Write(file, _buffer.WrittenMemory, offset);
        _buffer.ResetWrittenCount();
        return written;
    }

    private SafeFileHandle CreateLike(string next)
    {
        SafeFileHandle file = File.OpenHandle(next, FileMode.Create, FileAccess.Write, FileShare.None);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, File.GetUnixFileMode(path));
        }

        return file;
    }
}
