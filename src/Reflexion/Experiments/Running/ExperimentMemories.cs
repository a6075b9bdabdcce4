using System.Collections.Concurrent;
using System.Globalization;

namespace Reflexion;

/// <summary>The memories of a run: one for all episodes that may share lessons.</summary>
internal sealed class ExperimentMemories(ExperimentPlan plan)
{
    private readonly ConcurrentDictionary<string, IEpisodicMemory> _byTenant = new();

    /// <summary>The memory of an arm and seed, where the configuration sets none.</summary>
    internal IEpisodicMemory Of(string arm, int seed) => _byTenant.GetOrAdd(TenantOf(arm, seed, ""), _ => new InMemoryEpisodicMemory(time: plan.Time));

    /// <summary>The tenant that keeps the lessons of an arm and seed from the others.</summary>
    /// <param name="arm">The arm's name.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="own">The tenant that the task was given, or empty.</param>
    internal string TenantOf(string arm, int seed, string own)
    {
        string[] tail = own.Length == 0 ? [] : [own];
        return plan.Options.LessonSharing switch
        {
            LessonSharing.ArmAndSeed => ExperimentIds.Join([plan.Name, arm, seed.ToString(CultureInfo.InvariantCulture), .. tail]),
            LessonSharing.Arm => ExperimentIds.Join([plan.Name, arm, .. tail]),
            LessonSharing.Experiment => ExperimentIds.Join([plan.Name, .. tail]),
            _ => own,
        };
    }
}
