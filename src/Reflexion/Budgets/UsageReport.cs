using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Usage per component and in total.</summary>
/// <param name="ByComponent">Usage of every component that called a model.</param>
public sealed record UsageReport(ImmutableSortedDictionary<AgentComponent, ComponentUsage> ByComponent)
{
    /// <summary>No usage.</summary>
    public static UsageReport Empty { get; } = new(ImmutableSortedDictionary<AgentComponent, ComponentUsage>.Empty);

    /// <summary>The sum over the components.</summary>
    public ComponentUsage Total => ByComponent.Values.Aggregate(default(ComponentUsage), (sum, usage) => sum + usage);
}
