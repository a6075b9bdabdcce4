using Xunit.Abstractions;

namespace Reflexion.Tests;

public sealed class PostgreSqlKilledRunTests(ITestOutputHelper output) : KilledRunConformance(output)
{
    private readonly TemporarySchemas _schemas = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _schemas.DropAsync();
    }

    protected override string StoreOf(string name) => $"postgresql:{_schemas.Next()}";

    protected override IEpisodeJournal OpenJournal(string store) =>
        new PostgreSqlEpisodeJournal(TemporarySchemas.ConnectionString, new() { Schema = store["postgresql:".Length..] });

    protected override ValueTask<IEpisodicMemory> OpenMemoryAsync(string store) =>
        new(new PostgreSqlEpisodicMemory(TemporarySchemas.ConnectionString, new() { Schema = store["postgresql:".Length..] }));
}
