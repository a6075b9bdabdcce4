using Microsoft.Playwright;

namespace Reflexion.Tests;

[Collection(BrowserCollection.Name)]
public sealed class TrialTests(Chromium chromium, SampleReports reports)
{
    [BrowserFact]
    public async Task A_trial_shows_its_steps_verdict_and_lesson()
    {
        SampleReport sample = await reports.Plain;
        EpisodeRecord episode = sample.Result.Episodes.First(episode => episode.Episode?.Trials.Any(made => made.Lesson is not null) is true);
        Trial trial = episode.Episode!.Trials.First(made => made.Lesson is not null);
        await using ReportPage report = await chromium.OpenAsync(sample.Path);

        await sample.OpenTrialAsync(report, episode, trial.Number);

        IReadOnlyList<string> steps = await report.View("trials").Locator("[data-step]").AllTextContentsAsync();
        steps.Should().HaveCount(trial.Trajectory.Steps.Length);
        foreach ((string shown, TrajectoryStep step) in steps.Zip(trial.Trajectory.Steps))
        {
            shown.Should().ContainAll(new[] { step.Thought, step.Action?.Text, step.Observation?.Text }.OfType<string>());
        }

        string text = await report.View("trials").InnerTextAsync();
        text.Should().Contain(trial.Evaluation!.Feedback).And.Contain(trial.Lesson!.Text).And.Contain(episode.Detail);
    }

    [BrowserFact]
    public async Task The_prompt_is_shown_part_by_part_with_its_origin()
    {
        SampleReport sample = await reports.Plain;
        (EpisodeRecord episode, Trial trial) = Taught(sample);
        await using ReportPage report = await chromium.OpenAsync(sample.Path);

        await sample.OpenTrialAsync(report, episode, trial.Number);
        await HostileTextTests.OpenDetailsAsync(report);

        ILocator parts = report.View("trials").Locator("[data-part]");
        (await parts.EvaluateAllAsync<string[]>("parts => parts.map(part => part.dataset.part)")).Should().Equal(trial.Prompt.Parts.Select(part => part.Kind.ToString()));
        IReadOnlyList<string> texts = await parts.AllInnerTextsAsync();
        foreach ((string shown, PromptPart part) in texts.Zip(trial.Prompt.Parts))
        {
            Squeezed(shown).Should().Contain(Squeezed(part.Text)).And.Contain(part.Integrity.ToString().ToLowerInvariant());
        }

        ILocator lessons = report.View("trials").Locator("[data-part=Lessons]");
        (await lessons.InnerTextAsync()).Should().Contain("episodic memory").And.Contain($"{episode.TaskId}, trial ", "each lesson is traced to the trial it was learnt in");
        string[] sources = await lessons.Locator("a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        sources.Should().HaveCount(trial.RecalledLessonIds.Length).And.OnlyContain(source => source.StartsWith("#trials/", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task What_changed_in_the_prompt_since_the_trial_before_is_marked()
    {
        SampleReport sample = await reports.Plain;
        (EpisodeRecord episode, Trial trial) = Taught(sample);
        await using ReportPage report = await chromium.OpenAsync(sample.Path);

        await sample.OpenTrialAsync(report, episode, trial.Number);
        ILocator difference = report.View("trials").Locator("[data-diff]");

        (await difference.InnerTextAsync()).Should().Contain($"since trial {trial.Number - 1}");
        string added = string.Concat(await difference.Locator("ins").AllInnerTextsAsync());
        Lesson learnt = episode.Episode!.Trials.Single(made => made.Number == trial.Number - 1).Lesson!;
        Squeezed(added).Should().Contain(Squeezed(learnt.Text));

        await sample.OpenTrialAsync(report, episode, 1);
        (await difference.CountAsync()).Should().Be(0, "there is nothing before the first trial");
    }

    [BrowserFact]
    public async Task A_prompt_that_did_not_change_is_said_to_be_the_same()
    {
        SampleReport sample = await reports.Plain;
        EpisodeRecord episode = sample.Result.EpisodesOf("retry").First(episode => episode.Episode is not null && episode.LastTrial > 1);
        await using ReportPage report = await chromium.OpenAsync(sample.Path);

        await sample.OpenTrialAsync(report, episode, 2);

        ILocator difference = report.View("trials").Locator("[data-diff]");
        (await difference.InnerTextAsync()).Should().Contain("same to the letter");
        (await difference.Locator("ins, del").CountAsync()).Should().Be(0);
    }

    [BrowserFact]
    public async Task Filters_narrow_the_list_of_episodes()
    {
        SampleReport sample = await reports.Plain;
        EpisodeRecord wanted = sample.Result.Episodes.First(episode => episode.Episode is not null);
        await using ReportPage report = await chromium.OpenAsync(sample.Path, "trials");

        await HeatmapTests.Filter(report, "outcome", "trials").SelectOptionAsync("Errored");
        await ShouldSayAsync(report, sample.Result.Outcomes[ExperimentOutcome.Errored], sample);
        await HeatmapTests.Filter(report, "outcome", "trials").SelectOptionAsync("");

        string thought = wanted.Episode!.Trials[0].Trajectory.Steps[0].Thought!;
        await HeatmapTests.FilterTextAsync(report, thought, "trials");
        int holding = sample.Result.Episodes.Count(episode => episode.Episode?.Trials.Any(trial => trial.Trajectory.Steps.Any(step => step.Thought == thought)) is true);
        await ShouldSayAsync(report, holding, sample);
        (await report.View("trials").Locator("[data-episode]").AllInnerTextsAsync()).Should().HaveCount(holding).And.Contain(text => text.Contains(wanted.TaskId, StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task Lessons_show_where_they_came_from_and_what_they_were_worth()
    {
        SampleReport sample = await reports.Plain;
        await using ReportPage report = await chromium.OpenAsync(sample.Path, "lessons");
        await ScrollToEndAsync(report);
        Lesson[] lessons = [.. sample.Result.Memories.SelectMany(memory => memory.Snapshot.Lessons)];

        ILocator rows = report.View("lessons").Locator("[data-lesson]");
        (await rows.EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.lesson)")).Should().BeEquivalentTo(lessons.Select(lesson => lesson.Id));
        Lesson used = lessons.MaxBy(lesson => lesson.Credit.CreditedUses)!;
        string row = await rows.And(report.Page.Locator($"[data-lesson='{used.Id}']")).First.InnerTextAsync();
        row.Should().Contain(used.Text).And.Contain($"trial {used.Provenances[0].Trial}").And.Contain(used.State.ToString())
            .And.Contain(used.Credit.Uses.ToString(System.Globalization.CultureInfo.InvariantCulture));

        await HeatmapTests.FilterTextAsync(report, used.Text, "lessons");
        (await rows.CountAsync()).Should().Be(lessons.Count(lesson => lesson.Text == used.Text));
        report.Problems.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task Lessons_are_sorted_by_the_column_that_is_pressed()
    {
        SampleReport sample = await reports.Plain;
        await using ReportPage report = await chromium.OpenAsync(sample.Path, "lessons");
        ILocator header = report.View("lessons").Locator("th[aria-sort]", new() { HasText = "Uses" });
        (await header.GetAttributeAsync("aria-sort")).Should().Be("descending");

        await header.Locator("button").ClickAsync();

        (await header.GetAttributeAsync("aria-sort")).Should().Be("ascending");
        string first = (await report.View("lessons").Locator("[data-lesson]").First.GetAttributeAsync("data-lesson"))!;
        Lesson[] lessons = [.. sample.Result.Memories.SelectMany(memory => memory.Snapshot.Lessons)];
        lessons.First(lesson => lesson.Id == first).Credit.Uses.Should().Be(lessons.Min(lesson => lesson.Credit.Uses));
    }

    // A trial whose prompt holds lessons, and what the trial before it taught.
    private static (EpisodeRecord Episode, Trial Trial) Taught(SampleReport sample) => (
        from record in sample.Result.Episodes
        let trials = record.Episode?.Trials ?? []
        from trial in trials.Skip(1)
        where trial.RecalledLessonIds.Length is > 0 and < 3 && trials[trial.Number - 2].Lesson is not null
        select (record, trial)).First();

    private static async Task ShouldSayAsync(ReportPage report, int shown, SampleReport sample) =>
        (await report.View("trials").Locator("[role=status]").InnerTextAsync()).Should().Be($"{shown} {(shown == 1 ? "episode" : "episodes")} of {sample.Result.Episodes.Length}");

    private static async Task ScrollToEndAsync(ReportPage report) => await report.Page.EvaluateAsync("""
        async () => {
          for (let before = -1; before < document.documentElement.scrollHeight;) {
            before = document.documentElement.scrollHeight;
            scrollTo(0, before);
            await new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)));
          }
        }
        """);

    private static string Squeezed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
