namespace Reflexion.Benchmarks;

/// <summary>A journal, and the same store by hand. Each writer has an episode of its own, and by hand a file or a connection.</summary>
internal abstract class JournalStore : IAsyncDisposable
{
    public static readonly string Payload = $$"""{"text":"{{new string('x', 1_000)}}"}""";

    private long[] _next = [];

    /// <summary>The journal.</summary>
    protected abstract IEpisodeJournal Journal { get; }

    /// <summary>A folder of this run's own, on the disk that temporary files are on.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("reflexion-").FullName;

    /// <summary>Gets ready for so many writers.</summary>
    public async Task OpenAsync(int writers)
    {
        _next = new long[writers];
        await OpenByHandAsync(writers);
    }

    /// <summary>Appends a writer's next entry.</summary>
    public Task AppendAsync(int writer) => Journal.AppendAsync(
        new($"{_next.Length}.{writer}", _next[writer]++, 1, JournalEntryKind.StepCompleted, DateTimeOffset.UnixEpoch, Payload)).AsTask();

    /// <summary>Commits as many bytes by hand.</summary>
    public abstract Task CommitAsync(int writer);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Opens what writers by hand need.</summary>
    protected abstract Task OpenByHandAsync(int writers);
}
