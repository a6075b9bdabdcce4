using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Usage per component and in total. Immutable.</summary>
public sealed class UsageReport
{
    // Few components call a model, so a short list beats a dictionary; reports are made for every call.
    private readonly KeyValuePair<AgentComponent, ComponentUsage>[] _used;

    /// <summary>Creates a report.</summary>
    /// <param name="used">The usage of each component; a component named twice counts with both.</param>
    public UsageReport(IEnumerable<KeyValuePair<AgentComponent, ComponentUsage>> used)
    {
        ArgumentNullException.ThrowIfNull(used);
        _used = used.Aggregate(Empty, (report, entry) => report.Plus(entry.Key, entry.Value))._used;
    }

    private UsageReport(KeyValuePair<AgentComponent, ComponentUsage>[] used) => _used = used;

    /// <summary>No usage.</summary>
    public static UsageReport Empty { get; } = new([]);

    /// <summary>Usage of every component that called a model.</summary>
    public ImmutableSortedDictionary<AgentComponent, ComponentUsage> ByComponent => field ??= _used.ToImmutableSortedDictionary();

    /// <summary>The sum over the components.</summary>
    public ComponentUsage Total
    {
        get
        {
            ComponentUsage total = default;
            foreach (KeyValuePair<AgentComponent, ComponentUsage> entry in _used)
            {
                total += entry.Value;
            }

            return total;
        }
    }

    /// <summary>What a component used; nothing where it called no model.</summary>
    /// <param name="component">The component.</param>
    public ComponentUsage Of(AgentComponent component)
    {
        int at = IndexOf(component);
        return at < 0 ? default : _used[at].Value;
    }

    /// <summary>What was used since an earlier report of the same ledger.</summary>
    /// <param name="earlier">The earlier report.</param>
    public UsageReport Since(UsageReport earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (ReferenceEquals(this, earlier))
        {
            return Empty;
        }

        var since = new List<KeyValuePair<AgentComponent, ComponentUsage>>(_used.Length);
        foreach ((AgentComponent component, ComponentUsage usage) in _used)
        {
            ComponentUsage used = usage - earlier.Of(component);
            if (used.Calls > 0)
            {
                since.Add(new(component, used));
            }
        }

        return new([.. since]);
    }

    internal UsageReport Plus(AgentComponent component, ComponentUsage usage)
    {
        int at = IndexOf(component);
        KeyValuePair<AgentComponent, ComponentUsage>[] used = at < 0 ? [.. _used, new(component, usage)] : [.. _used];
        if (at >= 0)
        {
            used[at] = new(component, used[at].Value + usage);
        }

        return new(used);
    }

    private int IndexOf(AgentComponent component)
    {
        for (int i = 0; i < _used.Length; i++)
        {
            if (_used[i].Key == component)
            {
                return i;
            }
        }

        return -1;
    }
}
