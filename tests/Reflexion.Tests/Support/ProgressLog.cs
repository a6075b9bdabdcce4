namespace Reflexion.Tests;

/// <summary>Keeps every report, at once and in order.</summary>
internal sealed class ProgressLog(Action<ExperimentProgress>? then = null) : IProgress<ExperimentProgress>
{
    internal List<ExperimentProgress> Reports { get; } = [];

    public void Report(ExperimentProgress value)
    {
        Reports.Add(value);
        then?.Invoke(value);
    }
}
