namespace Reflexion.Tests;

/// <summary>A report that was written to a file, and what was written.</summary>
internal sealed record SampleReport(ExperimentResult Result, ExperimentAnalysis Analysis, string Path)
{
    internal static async Task<SampleReport> WriteAsync(ExperimentResult result, string path, ReportOptions? options = null)
    {
        await result.WriteHtmlReportAsync(path, options);
        return new(result, ExperimentAnalysis.Of(result, options?.Analysis), path);
    }

    /// <summary>Opens a trial by its address, and waits until its prompt is there.</summary>
    internal async Task OpenTrialAsync(ReportPage report, EpisodeRecord episode, int trial)
    {
        await report.Page.EvaluateAsync("address => { location.hash = address; }", $"trials/{Result.Episodes.IndexOf(episode)}/{trial}");
        await report.View("trials").Locator("[aria-current=page]", new() { HasText = $"Trial {trial}" }).WaitForAsync();
    }
}
