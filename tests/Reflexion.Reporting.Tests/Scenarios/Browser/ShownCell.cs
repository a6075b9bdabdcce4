using System.Globalization;

namespace Reflexion.Tests;

/// <summary>A cell of the heat map, as a report shows it.</summary>
internal sealed record ShownCell(string Task, string Arm, string Seed, string Trial, string Outcome)
{
    /// <summary>The cells on display, with those further down brought into sight first.</summary>
    internal static async Task<ShownCell[]> ReadAsync(ReportPage report)
    {
        string[][] cells = await report.Page.EvaluateAsync<string[][]>("""
            async () => {
              const grid = document.querySelector('section[data-view=heatmap] [role=grid]');
              const rows = () => [...grid.querySelectorAll('[role=row]')];
              const complete = () => rows().length >= Number(grid.getAttribute('aria-rowcount'));
              for (let looks = 0; looks < 200 && !complete(); looks++) {
                rows().at(-1).scrollIntoView();
                await new Promise(done => setTimeout(done, 20));
              }
              return [...grid.querySelectorAll('[data-cell]')].map(({ dataset: { task, arm, seed, trial, outcome } }) => [task, arm, seed, trial, outcome]);
            }
            """);
        return [.. cells.Select(cell => new ShownCell(cell[0], cell[1], cell[2], cell[3], cell[4]))];
    }

    /// <summary>The cells of some episodes: one for each trial; an episode without trials has one, with the number 0.</summary>
    internal static IEnumerable<ShownCell> Of(IEnumerable<EpisodeRecord> episodes) => episodes.SelectMany(episode =>
        episode.Trials.Select(trial => Of(episode, trial.Number, trial.Outcome)).DefaultIfEmpty(Of(episode, 0, episode.Outcome)));

    /// <summary>Compares cells in any order.</summary>
    internal static void ShouldBeSame(IEnumerable<ShownCell> shown, IEnumerable<ShownCell> wanted) =>
        shown.Select(cell => cell.ToString()).Order(StringComparer.Ordinal).Should().Equal(wanted.Select(cell => cell.ToString()).Order(StringComparer.Ordinal));

    private static ShownCell Of(EpisodeRecord episode, int trial, ExperimentOutcome outcome) =>
        new(episode.TaskId, episode.Arm, episode.Seed.ToString(CultureInfo.InvariantCulture), trial.ToString(CultureInfo.InvariantCulture), outcome.ToString());
}
