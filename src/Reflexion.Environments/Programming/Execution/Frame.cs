namespace Reflexion.Environments;

/// <summary>One message between the host and a process.</summary>
/// <param name="Kind">One of <see cref="FrameKind"/>.</param>
/// <param name="Body">JSON, as the harness of the language writes it.</param>
internal readonly record struct Frame(byte Kind, ReadOnlyMemory<byte> Body);
