using System.IO.MemoryMappedFiles;

namespace Reflexion.LanguageModels;

/// <summary>A file's bytes as memory, read from the disk where they are touched. It must not be shortened while it is open.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private MappedFile(string path, MemoryMappedFile file, long length)
    {
        (Path, _file, Length) = (path, file, length);
        _view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        Start = pointer + _view.PointerOffset;
    }

    public string Path { get; }

    public byte* Start { get; private set; }

    public long Length { get; }

    /// <exception cref="ModelFormatException">The file is empty.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static MappedFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            return stream.Length > 0
                ? new(path, MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false), stream.Length)
                : throw new ModelFormatException(path, "the file is empty. Download it again.");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (Start is not null)
        {
            Start = null;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
        }
    }
}
