using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>Matrices that read the same input, so that their products share a pass over it.</summary>
/// <param name="Index">The place in <see cref="All"/>.</param>
/// <param name="Members">The matrices.</param>
internal sealed record ProjectionGroup(int Index, ImmutableArray<Projection> Members)
{
    public static ProjectionGroup AttentionInput { get; } = new(0, [Projection.Query, Projection.Key, Projection.Value]);

    public static ProjectionGroup AttentionOutput { get; } = new(1, [Projection.Output]);

    public static ProjectionGroup FeedForwardInput { get; } = new(2, [Projection.Gate, Projection.Up]);

    public static ProjectionGroup FeedForwardOutput { get; } = new(3, [Projection.Down]);

    /// <summary>All four, in the order in which a layer uses them.</summary>
    public static ImmutableArray<ProjectionGroup> All { get; } = [AttentionInput, AttentionOutput, FeedForwardInput, FeedForwardOutput];
}
