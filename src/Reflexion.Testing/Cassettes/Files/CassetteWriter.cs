using System.Text.Json;

namespace Reflexion.Testing;

/// <summary>Appends entries to a cassette, each by one write that is handed to the operating system before the call returns.</summary>
internal sealed class CassetteWriter : IDisposable
{
    private static readonly byte[] s_header = [.. JsonSerializer.SerializeToUtf8Bytes(new(CassetteHeader.Name, CassetteHeader.Current), CassetteJson.Readable.CassetteHeader), (byte)'\n'];

    private readonly SemaphoreSlim _turn = new(1);
    private readonly FileStream _file;
    private byte[] _before;

    /// <summary>Opens the file as it was read, and drops a torn last line.</summary>
    internal CassetteWriter(string path, CassetteFile read)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);

        // No buffer, so that a write reaches the system at once; no sharing, since two writers would mix their lines.
        _file = new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        if (_file.Length != read.Length)
        {
            _file.Dispose();
            throw new IOException($"The cassette '{path}' was changed by someone else since it was opened. Let one process record at a time.");
        }

        _file.SetLength(read.SoundLength);
        _file.Seek(0, SeekOrigin.End);
        _before = read.SoundLength == 0 ? s_header : read.IsOpenEnded ? "\n"u8.ToArray() : [];
    }

    /// <summary>The first line.</summary>
    internal static ReadOnlySpan<byte> Header => s_header;

    internal async Task AppendAsync(CassetteEntry entry)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(entry, CassetteJson.Readable.CassetteEntry);
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await _file.WriteAsync((byte[])[.. _before, .. json, (byte)'\n']).ConfigureAwait(false);
            _before = [];
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _turn.Dispose();
    }
}
