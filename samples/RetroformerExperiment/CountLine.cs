using Reflexion;

namespace RetroformerExperiments;

/// <summary>How far the experiment is, now and then.</summary>
internal sealed class CountLine : IProgress<ExperimentProgress>
{
    private const int Every = 250;

    public void Report(ExperimentProgress value)
    {
        if (value.Ended is not null && value.Completed % Every == 0)
        {
            Console.WriteLine($"{value.Completed} of {value.Total} episodes, {value.Elapsed:hh\\:mm\\:ss}, about {value.Remaining:hh\\:mm\\:ss} left");
        }
    }
}
