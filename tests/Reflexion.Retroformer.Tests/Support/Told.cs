using Reflexion.Retroformer;

namespace Reflexion.Tests;

/// <summary>Keeps what a training tells, at once and in order.</summary>
internal sealed class Told(Action<TrainingProgress>? then = null) : IProgress<TrainingProgress>
{
    public List<TrainingProgress> All { get; } = [];

    public IEnumerable<UpdateMetrics> Metrics => All.OfType<PolicyUpdated>().Select(update => update.Metrics);

    public void Report(TrainingProgress value)
    {
        All.Add(value);
        then?.Invoke(value);
    }
}
