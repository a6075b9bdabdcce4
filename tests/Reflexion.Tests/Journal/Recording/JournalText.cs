namespace Reflexion.Tests;

/// <summary>Reads the payloads of an episode as one text, to see what is and what is not among them.</summary>
internal static class JournalText
{
    internal static async Task<string> TextAsync(this IEpisodeJournal journal, string episodeId)
    {
        var payloads = new List<string>();
        await foreach (JournalEntry entry in journal.ReadAsync(episodeId))
        {
            payloads.Add(entry.Payload);
        }

        return string.Join('\n', payloads);
    }
}
