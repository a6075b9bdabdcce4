namespace Reflexion.Tests;

public sealed class FileEpisodicMemoryTests : EpisodicMemoryConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _files;

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<IEpisodicMemory> OpenAsync(MemoryOptions options, TimeProvider time) =>
        OpenAsync(_folder.File($"{++_files}.jsonl"), options, time);

    protected override async ValueTask<IEpisodicMemory> ReopenAsync(IEpisodicMemory memory, MemoryOptions options, TimeProvider time)
    {
        var file = (FileEpisodicMemory)memory;
        await file.DisposeAsync();
        return await OpenAsync(file.Path, options, time);
    }

    private static async ValueTask<IEpisodicMemory> OpenAsync(string path, MemoryOptions options, TimeProvider time) =>
        await FileEpisodicMemory.OpenAsync(path, Options(options), time);

    private static FileMemoryOptions Options(MemoryOptions options) => new()
    {
        MaxLessonsPerTask = options.MaxLessonsPerTask,
        MaxLessons = options.MaxLessons,
        MaxAge = options.MaxAge,
        MaxUses = options.MaxUses,
        MaxQuarantined = options.MaxQuarantined,
        MergeSimilarity = options.MergeSimilarity,
        Recall = options.Recall,
        Lifecycle = options.Lifecycle,
        FlushToDisk = false,
    };
}
