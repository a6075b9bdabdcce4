namespace Reflexion.Retroformer;

/// <summary>The first line of a file of experiences.</summary>
/// <param name="Format">Which format it is.</param>
/// <param name="Version">Of which version.</param>
internal sealed record DatasetHeader(string Format, int Version)
{
    public const string Name = "reflexion-experiences";

    /// <summary>The newest version that this code reads, and the one it writes.</summary>
    public const int CurrentVersion = 1;

    public static DatasetHeader Current { get; } = new(Name, CurrentVersion);

    /// <summary>What is wrong with it, or null.</summary>
    public string? Problem => Format != Name ? $"This is no file of {Name}; its format is '{Format}'."
        : Version is < 1 or > CurrentVersion ? FormattableString.Invariant($"The file is of version {Version}, and this release reads versions 1 to {CurrentVersion}; use a newer release of Reflexion.")
        : null;
}
