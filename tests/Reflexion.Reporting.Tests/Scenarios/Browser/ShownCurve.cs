using System.Globalization;

namespace Reflexion.Tests;

/// <summary>A point of a learning curve, as a report shows it.</summary>
internal sealed record ShownCurve(string Arm, int Trial, int Solved, int Episodes)
{
    /// <summary>The points of the chart that is on display.</summary>
    internal static async Task<ShownCurve[]> ReadAsync(ReportPage report)
    {
        string[][] points = await report.Page.EvaluateAsync<string[][]>(
            "() => [...document.querySelectorAll('svg[data-chart=curves] [data-solved]')].map(({ dataset: { arm, trial, solved, episodes } }) => [arm, trial, solved, episodes])");
        return [.. points.Select(point => new ShownCurve(point[0], Number(point[1]), Number(point[2]), Number(point[3])))];
    }

    internal static IEnumerable<ShownCurve> Of(ExperimentAnalysis analysis) =>
        analysis.Arms.SelectMany(arm => arm.Curve.Select(point => new ShownCurve(arm.Arm, point.Trial, point.Solved, point.Episodes)));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
