using Reflexion;

namespace Experiments;

/// <summary>Progress as a line for every tenth of the episodes.</summary>
internal sealed class ProgressLines : IProgress<ExperimentProgress>
{
    private const int Lines = 10;

    private readonly Standing _standing = new();
    private int _printed;

    public void Report(ExperimentProgress value)
    {
        _standing.Add(value);
        int tenth = value.Completed * Lines / value.Total;
        if (tenth > _printed)
        {
            _printed = tenth;
            Console.WriteLine($"{Standing.PaceOf(value)}; solved by trial: {string.Join("; ", value.Arms.Select(arm => $"{arm.Arm} {_standing.CurveOf(arm.Arm)}"))}");
        }
    }
}
