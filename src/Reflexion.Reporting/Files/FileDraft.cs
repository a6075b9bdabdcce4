namespace Reflexion;

/// <summary>A file in the making: it takes its name only when it is whole, and leaves nothing behind otherwise.</summary>
internal sealed class FileDraft : IDisposable
{
    private readonly string _path;
    private readonly string _draft;
    private bool _complete;

    internal FileDraft(string path)
    {
        _path = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(_path) ?? throw new ArgumentException($"'{path}' names no file.", nameof(path));
        Directory.CreateDirectory(folder);

        // In the same folder, because only a move within one file system is atomic.
        _draft = Path.Combine(folder, $".{Path.GetFileName(_path)}.{Path.GetRandomFileName()}");
        Content = new FileStream(_draft, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    /// <summary>What is written so far.</summary>
    internal FileStream Content { get; }

    /// <summary>Gives the file its name, in place of one that has it. It cannot be cancelled, so that files that belong together come together.</summary>
    internal async Task CompleteAsync()
    {
        Content.Flush(flushToDisk: true);
        await Content.DisposeAsync().ConfigureAwait(false);
        File.Move(_draft, _path, overwrite: true);
        _complete = true;
    }

    public void Dispose()
    {
        Content.Dispose();
        if (!_complete)
        {
            File.Delete(_draft);
        }
    }
}
