using System.Collections.Immutable;

namespace Reflexion;

/// <summary>A lesson as a point in the space of an embedding model. Points of different models cannot be compared.</summary>
/// <param name="ModelId">The model, as it names itself; empty where it does not.</param>
/// <param name="Vector">The coordinates; at least one, all finite.</param>
public sealed record LessonEmbedding(string ModelId, ImmutableArray<float> Vector);
