namespace Reflexion.Tests;

public sealed class SqliteEpisodeJournalTests : EpisodeJournalConformance, IDisposable
{
    private static readonly SqliteJournalOptions Options = new() { FlushToDisk = false };

    private readonly TemporaryFolder _folder = new();
    private readonly List<SqliteEpisodeJournal> _opened = [];
    private int _files;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (SqliteEpisodeJournal journal in _opened)
        {
            await journal.DisposeAsync();
        }
    }

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<IEpisodeJournal> OpenAsync() => OpenAsync(_folder.File($"{++_files}.db"));

    protected override ValueTask<IEpisodeJournal> ReopenAsync(IEpisodeJournal journal) => OpenAsync(((SqliteEpisodeJournal)journal).Path);

    private async ValueTask<IEpisodeJournal> OpenAsync(string path)
    {
        SqliteEpisodeJournal journal = await SqliteEpisodeJournal.OpenAsync(path, Options);
        _opened.Add(journal);
        return journal;
    }
}
