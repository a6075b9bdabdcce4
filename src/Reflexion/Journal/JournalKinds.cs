namespace Reflexion;

/// <summary>Kinds of entries by the names that journals write.</summary>
internal static class JournalKinds
{
    /// <summary>Reads a name.</summary>
    /// <param name="kind">The name.</param>
    /// <param name="source">Where it stands.</param>
    /// <exception cref="EpisodeFormatException">It is none that this release knows.</exception>
    public static JournalEntryKind Parse(string kind, string source) => Enum.TryParse(kind, out JournalEntryKind known) && Enum.IsDefined(known)
        ? known
        : throw new EpisodeFormatException(source, $"The entry is of the unknown kind '{kind}'. A newer release of Reflexion may have written it; use that one.");
}
