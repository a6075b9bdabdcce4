using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Usage per component and in total.</summary>
/// <param name="ByComponent">Usage of every component that called a model.</param>
public sealed record UsageReport(ImmutableSortedDictionary<AgentComponent, ComponentUsage> ByComponent)
{
    /// <summary>No usage.</summary>
    public static UsageReport Empty { get; } = new(ImmutableSortedDictionary<AgentComponent, ComponentUsage>.Empty);

    /// <summary>What was used since an earlier report of the same ledger.</summary>
    /// <param name="earlier">The earlier report.</param>
    public UsageReport Since(UsageReport earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        var since = ImmutableSortedDictionary.CreateBuilder<AgentComponent, ComponentUsage>();
        foreach ((AgentComponent component, ComponentUsage usage) in ByComponent)
        {
            ComponentUsage used = usage - earlier.ByComponent.GetValueOrDefault(component);
            if (used.Calls > 0)
            {
                since[component] = used;
            }
        }

        return new(since.ToImmutable());
    }

    /// <summary>The sum over the components.</summary>
    public ComponentUsage Total => ByComponent.Values.Aggregate(default(ComponentUsage), (sum, usage) => sum + usage);
}
