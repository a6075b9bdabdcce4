namespace Reflexion;

/// <summary>A task as it is written.</summary>
internal sealed record TaskSurrogate(string Id, string Instruction, string? Context, MetadataSurrogate[]? Metadata);

/// <summary>A label of a task as it is written: an array keeps names that JSON could not hold.</summary>
internal sealed record MetadataSurrogate(string Name, string Value);
