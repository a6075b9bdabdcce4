using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>What the header says of a tensor.</summary>
internal sealed record SafetensorsEntry(TensorPlacement Placement, StorageType Type, ImmutableArray<long> Shape);
