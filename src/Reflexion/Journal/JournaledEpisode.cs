namespace Reflexion;

/// <summary>An episode in a journal, as a list shows it.</summary>
/// <param name="EpisodeId">Its id.</param>
/// <param name="Agent">The agent that runs it.</param>
/// <param name="TaskId">The task.</param>
/// <param name="State">Where it stands.</param>
/// <param name="StopReason">Why it ended; null where it is open.</param>
/// <param name="Entries">How many entries it has.</param>
/// <param name="StartedAt">When the first was written.</param>
/// <param name="LastWriteAt">When the last was written.</param>
public sealed record JournaledEpisode(
    string EpisodeId, string Agent, string TaskId, EpisodeState State, StopReason? StopReason, long Entries, DateTimeOffset StartedAt, DateTimeOffset LastWriteAt)
{
    /// <summary>Reads off an episode's first and last entry how a list shows it; for implementations of <see cref="IEpisodeJournal"/>.</summary>
    /// <param name="first">Its first entry.</param>
    /// <param name="last">Its last entry; the first again where there is one only.</param>
    /// <exception cref="EpisodeFormatException">The entries are damaged or of a newer version.</exception>
    public static JournaledEpisode Of(JournalEntry first, JournalEntry last)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(last);
        EpisodeStart start = JournalPayload.ReadStart(first);
        StopReason? reason = last.Kind == JournalEntryKind.EpisodeEnded ? JournalPayload.Read(last, JournalJsonContext.Default.EpisodeEnd).Stop.Reason : null;
        return new(first.EpisodeId, start.Agent, start.Task.Id, StateOf(reason), reason, last.Sequence + 1, first.At, last.At);
    }

    private static EpisodeState StateOf(StopReason? reason) =>
        reason is null ? EpisodeState.Open : EpisodeEnd.IsFinal(reason.Value) ? EpisodeState.Ended : EpisodeState.Interrupted;
}
