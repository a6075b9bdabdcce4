namespace Reflexion.Tests;

public sealed class InMemoryEpisodeJournalTests : EpisodeJournalConformance
{
    protected override ValueTask<IEpisodeJournal> OpenAsync() => new(new InMemoryEpisodeJournal());
}
