namespace Reflexion.Tests.Worker;

/// <summary>A journal and a memory side by side in one store.</summary>
internal sealed record EpisodeStore(IEpisodeJournal Journal, IEpisodicMemory Memory) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Opens file:FOLDER, sqlite:FILE or postgresql:SCHEMA.</summary>
    public static async ValueTask<EpisodeStore> OpenAsync(string store, TimeProvider time) => store.Split(':', 2) switch
    {
        ["file", var folder] => new(
            new FileEpisodeJournal(Path.Combine(folder, "journal"), new() { LockTimeout = Patience }),
            await FileEpisodicMemory.OpenAsync(Path.Combine(folder, "memory.jsonl"), new() { LockTimeout = Patience }, time)),
        ["sqlite", var file] => new(
            new SqliteEpisodeJournal(file, new() { LockTimeout = Patience }),
            new SqliteEpisodicMemory(file, new() { LockTimeout = Patience }, time)),
        ["postgresql", var schema] => new(
            new PostgreSqlEpisodeJournal(Server, new() { LockTimeout = Patience, Schema = schema }),
            new PostgreSqlEpisodicMemory(Server, new() { LockTimeout = Patience, Schema = schema }, time)),
        _ => throw new ArgumentException($"There is no store called {store}.", nameof(store)),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable part in new object[] { Journal, Memory }.OfType<IAsyncDisposable>())
        {
            await part.DisposeAsync();
        }
    }

    private static string Server => Environment.GetEnvironmentVariable("REFLEXION_POSTGRESQL")!;
}
