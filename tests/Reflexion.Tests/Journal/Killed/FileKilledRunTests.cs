using Xunit.Abstractions;

namespace Reflexion.Tests;

public sealed class FileKilledRunTests(ITestOutputHelper output) : KilledRunConformance(output)
{
    protected override string StoreOf(string name) => $"file:{Directory.CreateDirectory(Path.Combine(Folder, name)).FullName}";

    protected override IEpisodeJournal OpenJournal(string store) => new FileEpisodeJournal(Path.Combine(store["file:".Length..], "journal"));

    protected override async ValueTask<IEpisodicMemory> OpenMemoryAsync(string store) =>
        await FileEpisodicMemory.OpenAsync(Path.Combine(store["file:".Length..], "memory.jsonl"));
}
