using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>What the header says of a tensor. The shape is slowest first; the file has it the other way round.</summary>
internal sealed record GgufTensorInfo(TensorPlacement Placement, StorageType Type, ImmutableArray<long> Shape);
