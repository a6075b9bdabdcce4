namespace Reflexion;

/// <summary>The first line of a journal file.</summary>
/// <param name="Format">Which format it is.</param>
/// <param name="Version">Of which version.</param>
/// <param name="Episode">The episode.</param>
internal sealed record JournalFileHeader(string Format, int Version, string Episode)
{
    /// <summary>The name of the format.</summary>
    public const string Name = "reflexion-journal";

    /// <summary>The newest version that this code reads, and the one it writes.</summary>
    public const int CurrentVersion = 1;
}
