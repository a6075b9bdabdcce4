using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>A compiled assembly in memory.</summary>
/// <param name="Assembly">The assembly.</param>
/// <param name="Symbols">Its symbols, for the lines in what it raises.</param>
internal sealed record CSharpImage(ImmutableArray<byte> Assembly, ImmutableArray<byte> Symbols);
