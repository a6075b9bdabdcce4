namespace Reflexion;

/// <summary>An entry that waits to be appended to a file.</summary>
/// <param name="path">The file.</param>
/// <param name="entry">The entry.</param>
internal sealed class FileAppend(string path, JournalEntry entry) : PendingCall<bool>
{
    public string Path => path;

    public JournalEntry Entry => entry;
}
