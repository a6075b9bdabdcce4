using Reflexion;
using Spectre.Console;

namespace Experiments;

/// <summary>Progress as a table with a row for each arm, drawn anew ten times a second at most.</summary>
internal sealed class ProgressTable(LiveDisplayContext live) : IProgress<ExperimentProgress>
{
    private const int BarWidth = 12;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Standing _standing = new();
    private TimeSpan _drawn = -Pause;

    public void Report(ExperimentProgress value)
    {
        _standing.Add(value);
        if (value.Elapsed - _drawn < Pause && value.Running > 0)
        {
            return;
        }

        _drawn = value.Elapsed;
        live.UpdateTarget(new Rows(TableOf(value), new Text(Standing.PaceOf(value))));
        live.Refresh();
    }

    private Table TableOf(ExperimentProgress progress)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("arm", "done", "outcomes", "solved by trial", "tokens");
        foreach (ArmProgress arm in progress.Arms)
        {
            table.AddRow(
                new Text(arm.Arm),
                new Text($"{Bar(arm)} {arm.Completed}/{arm.Total}"),
                new Text(_standing.OutcomesOf(arm.Arm)),
                new Text(_standing.CurveOf(arm.Arm), new Style(Color.Green)),
                new Text($"{arm.Usage.Tokens.TotalTokens:N0}").RightJustified());
        }

        return table;
    }

    private static string Bar(ArmProgress arm)
    {
        int filled = BarWidth * arm.Completed / arm.Total;
        return new string('█', filled) + new string('░', BarWidth - filled);
    }
}
