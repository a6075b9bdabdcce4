namespace Reflexion.Tests;

public sealed class SqliteEpisodicMemoryTests : EpisodicMemoryConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _files;

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<IEpisodicMemory> OpenAsync(MemoryOptions options, TimeProvider time) =>
        OpenAsync(_folder.File($"{++_files}.db"), options, time);

    protected override async ValueTask<IEpisodicMemory> ReopenAsync(IEpisodicMemory memory, MemoryOptions options, TimeProvider time)
    {
        var sqlite = (SqliteEpisodicMemory)memory;
        await sqlite.DisposeAsync();
        return await OpenAsync(sqlite.Path, options, time);
    }

    private static async ValueTask<IEpisodicMemory> OpenAsync(string path, MemoryOptions options, TimeProvider time) =>
        await SqliteEpisodicMemory.OpenAsync(path, SqlOptions.Like(options, new SqliteMemoryOptions { FlushToDisk = false }), time);
}
