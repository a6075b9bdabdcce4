namespace Reflexion;

/// <summary>An entry that waits to be appended.</summary>
/// <param name="entry">The entry.</param>
/// <param name="writer">What no other append is called, in this process or another.</param>
internal sealed class SqlAppend(JournalEntry entry, string writer) : PendingCall<bool>
{
    public JournalEntry Entry => entry;

    /// <summary>The episode as it stands in the table.</summary>
    public string Episode { get; } = SqlKey.Of(entry.EpisodeId);

    public string Writer => writer;

    /// <summary>Tells the caller what came of it: whether it is in the table.</summary>
    public void End(bool isKept)
    {
        if (isKept)
        {
            Complete(true);
        }
        else
        {
            Fail(new JournalConflictException(entry.EpisodeId, entry.Sequence));
        }
    }
}
