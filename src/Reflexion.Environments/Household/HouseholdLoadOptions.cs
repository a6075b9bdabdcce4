namespace Reflexion.Environments;

/// <summary>Which games are loaded, and how much of a file that may be hostile is read.</summary>
public sealed record HouseholdLoadOptions
{
    /// <summary>
    /// Whether games of folders and zips are loaded too that their files do not call solvable, which ALFWorld never evaluates.
    /// Default false; <see cref="HouseholdWorld.IsSolvable"/> tells them apart. A game that is loaded by itself always is.
    /// </summary>
    public bool IncludeUnsolvable { get; init; }

    /// <summary>The most bytes of one game file, unpacked. Default 4 MiB (ALFWorld's have some 80 KiB); at least 1.</summary>
    public int MaxGameBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The most bytes of all game files in a zip together, unpacked. Default 2 GiB; at least 1.</summary>
    public long MaxTotalBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxGameBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTotalBytes, 1);
    }
}
