using System.Runtime.CompilerServices;

namespace Reflexion.Retroformer;

/// <summary>Files that appear whole, on the disk, or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes a draft beside the path, and puts it in place of what is there.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="check">Looks at the draft before it takes the place; throws to refuse it. Null: nothing is looked at.</param>
    public static async Task WriteAsync(string path, Func<Stream, Task> write, Func<string, Task>? check = null)
    {
        string target = Path.GetFullPath(path);
        string draft = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
        try
        {
            await WriteDraftAsync(draft, write).ConfigureAwait(false);
            if (check is not null)
            {
                await check(draft).ConfigureAwait(false);
            }

            File.Move(draft, target, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static async Task WriteDraftAsync(string draft, Func<Stream, Task> write)
    {
        FileStream stream = new(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);
        await using ConfiguredAsyncDisposable _ = stream.ConfigureAwait(false);
        await write(stream).ConfigureAwait(false);
        await stream.FlushAsync().ConfigureAwait(false);
        stream.Flush(flushToDisk: true);
    }
}
