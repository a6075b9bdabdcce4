using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>A program to run in a sandbox.</summary>
public sealed record SandboxCommand
{
    /// <summary>The executable: an absolute path on the host.</summary>
    public required string FileName { get; init; }

    /// <summary>Its arguments, passed as they are.</summary>
    public ImmutableArray<string> Arguments { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Files put into the empty working folder before the start, by their names without folders.</summary>
    public ImmutableDictionary<string, ReadOnlyMemory<byte>> Files { get; init; } = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty;

    /// <summary>The whole of its environment; nothing of the host's is passed on. Default empty.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Folders of the host it may read beside the system's own libraries: an interpreter's installation, say. Absolute paths.</summary>
    public ImmutableArray<string> ReadableFolders { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What it may use.</summary>
    public SandboxLimits Limits { get; init; } = new();
}
