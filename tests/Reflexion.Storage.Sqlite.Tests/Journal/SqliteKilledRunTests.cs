using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Reflexion.Tests;

public sealed class SqliteKilledRunTests(ITestOutputHelper output) : FullDiskConformance(output)
{
    protected override string StoreOf(string name) => StoreIn(Directory.CreateDirectory(Path.Combine(Folder, name)).FullName);

    protected override string StoreIn(string folder) => $"sqlite:{Path.Combine(folder, "runs.db")}";

    protected override IEpisodeJournal OpenJournal(string store) => new SqliteEpisodeJournal(FileOf(store));

    protected override ValueTask<IEpisodicMemory> OpenMemoryAsync(string store) => new(new SqliteEpisodicMemory(FileOf(store)));

    protected override bool SaysThatTheDiskIsFull(string failure) => failure.Contains("runs.db has no room left on its disk", StringComparison.Ordinal);

    protected override async Task ShouldBeWholeAsync(string store)
    {
        await using var connection = new SqliteConnection($"Data Source={FileOf(store)};Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        (await command.ExecuteScalarAsync()).Should().Be("ok");
        command.CommandText = "SELECT COUNT(*) FROM (SELECT episode FROM journal_entries GROUP BY episode HAVING COUNT(*) <> MAX(sequence) + 1)";
        (await command.ExecuteScalarAsync()).Should().Be(0L, "no episode has a gap");
    }

    protected override long SizeOf(string store) => new FileInfo(FileOf(store)).Length;

    private static string FileOf(string store) => store["sqlite:".Length..];
}
