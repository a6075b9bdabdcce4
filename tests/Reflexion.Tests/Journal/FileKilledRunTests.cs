using Xunit.Abstractions;

namespace Reflexion.Tests;

public sealed class FileKilledRunTests(ITestOutputHelper output) : FullDiskConformance(output)
{
    protected override string StoreOf(string name) => StoreIn(Directory.CreateDirectory(Path.Combine(Folder, name)).FullName);

    protected override string StoreIn(string folder) => $"file:{folder}";

    protected override IEpisodeJournal OpenJournal(string store) => new FileEpisodeJournal(Path.Combine(FolderOf(store), "journal"));

    protected override async ValueTask<IEpisodicMemory> OpenMemoryAsync(string store) =>
        await FileEpisodicMemory.OpenAsync(Path.Combine(FolderOf(store), "memory.jsonl"));

    protected override bool SaysThatTheDiskIsFull(string failure) => failure.Contains("No space left on device", StringComparison.Ordinal);

    protected override async Task ShouldBeWholeAsync(string store)
    {
        foreach (string file in Directory.GetFiles(FolderOf(store), "*.jsonl", SearchOption.AllDirectories))
        {
            string text = await File.ReadAllTextAsync(file);
            (text.Length == 0 || text.EndsWith('\n')).Should().BeTrue("{0} has whole lines", file);
        }
    }

    protected override long SizeOf(string store) => new DirectoryInfo(FolderOf(store)).GetFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private static string FolderOf(string store) => store["file:".Length..];
}
