namespace Reflexion;

/// <summary>The first line of a file or snapshot.</summary>
internal sealed record MemoryHeader
{
    /// <summary>The format of a memory file.</summary>
    public const string File = "reflexion-memory";

    /// <summary>The format of an exported snapshot.</summary>
    public const string Snapshot = "reflexion-memory-snapshot";

    /// <summary>
    /// The newest version of both formats that this code reads, and the one it writes. Version 2 has lessons' states and embeddings,
    /// and the kind "moved".
    /// </summary>
    public const int CurrentVersion = 2;

    public required string Format { get; init; }

    public required int Version { get; init; }

    /// <summary>How often a file was compacted; tells a file from its predecessor of the same name.</summary>
    public int? Generation { get; init; }

    /// <summary>When a file was created.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>How many lines of each kind a snapshot has, so that a cut one is noticed.</summary>
    public int? Lessons { get; init; }

    public int? Uses { get; init; }

    public int? Quarantined { get; init; }
}
