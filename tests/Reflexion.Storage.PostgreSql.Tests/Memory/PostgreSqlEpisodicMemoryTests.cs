namespace Reflexion.Tests;

public sealed class PostgreSqlEpisodicMemoryTests : EpisodicMemoryConformance
{
    private readonly TemporarySchemas _schemas = new();
    private readonly Dictionary<IEpisodicMemory, string> _schemaOf = [];

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _schemas.DropAsync();
    }

    protected override ValueTask<IEpisodicMemory> OpenAsync(MemoryOptions options, TimeProvider time) => OpenAsync(_schemas.Next(), options, time);

    protected override async ValueTask<IEpisodicMemory> ReopenAsync(IEpisodicMemory memory, MemoryOptions options, TimeProvider time)
    {
        await ((PostgreSqlEpisodicMemory)memory).DisposeAsync();
        return await OpenAsync(_schemaOf[memory], options, time);
    }

    private async ValueTask<IEpisodicMemory> OpenAsync(string schema, MemoryOptions options, TimeProvider time)
    {
        IEpisodicMemory memory = await PostgreSqlEpisodicMemory.OpenAsync(
            TemporarySchemas.ConnectionString, SqlOptions.Like(options, new PostgreSqlMemoryOptions { Schema = schema }), time);
        _schemaOf[memory] = schema;
        return memory;
    }
}
