namespace Reflexion.Tests;

public sealed class PostgreSqlEpisodeJournalTests : EpisodeJournalConformance
{
    private readonly TemporarySchemas _schemas = new();
    private readonly Dictionary<IEpisodeJournal, string> _schemaOf = [];

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (PostgreSqlEpisodeJournal journal in _schemaOf.Keys.Cast<PostgreSqlEpisodeJournal>())
        {
            await journal.DisposeAsync();
        }

        await _schemas.DropAsync();
    }

    protected override ValueTask<IEpisodeJournal> OpenAsync() => OpenAsync(_schemas.Next());

    protected override ValueTask<IEpisodeJournal> ReopenAsync(IEpisodeJournal journal) => OpenAsync(_schemaOf[journal]);

    private async ValueTask<IEpisodeJournal> OpenAsync(string schema)
    {
        IEpisodeJournal journal = await PostgreSqlEpisodeJournal.OpenAsync(TemporarySchemas.ConnectionString, new() { Schema = schema });
        _schemaOf[journal] = schema;
        return journal;
    }
}
