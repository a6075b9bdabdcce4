namespace Reflexion.Tests;

/// <summary>A report that was written to a file, and what was written.</summary>
internal sealed class SampleReport(ExperimentResult result, string path, AnalysisOptions? analysis)
{
    private readonly Lazy<ExperimentAnalysis> _analysis = new(() => ExperimentAnalysis.Of(result, analysis));

    internal ExperimentResult Result => result;

    internal ExperimentAnalysis Analysis => _analysis.Value;

    internal string Path => path;

    internal static async Task<SampleReport> WriteAsync(ExperimentResult result, string path, ReportOptions? options = null)
    {
        await result.WriteHtmlReportAsync(path, options);
        return new(result, path, options?.Analysis);
    }

    /// <summary>Opens a trial by its address, and waits until its prompt is there.</summary>
    internal async Task OpenTrialAsync(ReportPage report, EpisodeRecord episode, int trial)
    {
        await report.Page.EvaluateAsync("address => { location.hash = address; }", $"trials/{Result.Episodes.IndexOf(episode)}/{trial}");
        await report.View("trials").Locator("[aria-current=page]", new() { HasText = $"Trial {trial}" }).WaitForAsync();
    }
}
