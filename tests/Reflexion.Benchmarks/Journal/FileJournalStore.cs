using Microsoft.Win32.SafeHandles;

namespace Reflexion.Benchmarks;

/// <summary>Files, beside a write and a flush to an open file for each writer.</summary>
internal sealed class FileJournalStore : JournalStore
{
    private static readonly byte[] Line = System.Text.Encoding.UTF8.GetBytes(Payload + new string(' ', 100) + "\n");

    private SafeFileHandle[] _files = [];
    private long[] _lengths = [];

    public FileJournalStore()
    {
        Journal = new FileEpisodeJournal(Path.Combine(Folder, "journal"));
    }

    protected override IEpisodeJournal Journal { get; }

    public override Task CommitAsync(int writer)
    {
        RandomAccess.Write(_files[writer], Line, _lengths[writer]);
        RandomAccess.FlushToDisk(_files[writer]);
        _lengths[writer] += Line.Length;
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        Array.ForEach(_files, file => file.Dispose());
        return base.DisposeAsync();
    }

    protected override Task OpenByHandAsync(int writers)
    {
        Array.ForEach(_files, file => file.Dispose());
        _files = [.. Enumerable.Range(0, writers).Select(writer => File.OpenHandle(Path.Combine(Folder, $"bare{writers}.{writer}"), FileMode.Create, FileAccess.Write))];
        _lengths = new long[writers];
        return Task.CompletedTask;
    }
}
