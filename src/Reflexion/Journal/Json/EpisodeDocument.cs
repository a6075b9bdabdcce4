namespace Reflexion;

/// <summary>An episode as a document of its own.</summary>
/// <param name="Format">Which format it is.</param>
/// <param name="Version">Of which version.</param>
/// <param name="Episode">The episode; null where the version is not known, since it is then not looked at.</param>
internal sealed record EpisodeDocument(string Format, int Version, Episode? Episode)
{
    /// <summary>The name of the format.</summary>
    public const string Name = "reflexion-episode";

    /// <summary>The newest version that this code reads, and the one it writes.</summary>
    public const int CurrentVersion = 1;
}
