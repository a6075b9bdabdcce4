using Xunit.Abstractions;

namespace Reflexion.Tests;

public sealed class SqliteKilledRunTests(ITestOutputHelper output) : KilledRunConformance(output)
{
    protected override string StoreOf(string name) => $"sqlite:{Path.Combine(Folder, name)}.db";

    protected override IEpisodeJournal OpenJournal(string store) => new SqliteEpisodeJournal(store["sqlite:".Length..]);

    protected override ValueTask<IEpisodicMemory> OpenMemoryAsync(string store) => new(new SqliteEpisodicMemory(store["sqlite:".Length..]));
}
