namespace Reflexion.Tests;

public class CreditScenarioTests
{
    private readonly InMemoryEpisodicMemory _memory = new();

    [Fact]
    public async Task Each_lesson_is_credited_with_the_sum_of_the_changes_it_stood_by()
    {
        Episode episode = await RunAsync("e1", 0, 0.25, 0.75, 1);

        episode.Trials.Select(trial => trial.DeltaG).Should().Equal(null, 0.25, 0.5, 0.25);
        (await CreditsAsync()).Should().Equal(new LessonCredit(3, 3, 1), new LessonCredit(2, 2, 0.75), new LessonCredit(1, 1, 0.25));
    }

    [Fact]
    public async Task The_first_trial_of_a_later_episode_uses_lessons_but_credits_none()
    {
        await RunAsync("e1", 0, 0.25, 0.75, 1);
        await RunAsync("e2", 1);

        (await CreditsAsync()).Should().Equal(new LessonCredit(4, 3, 1), new LessonCredit(3, 2, 0.75), new LessonCredit(2, 1, 0.25));
        (await _memory.ExportAsync()).Uses.Should().ContainSingle(use => use.EpisodeId == "e2").Which.DeltaG.Should().BeNull();
    }

    [Fact]
    public async Task A_lesson_after_which_it_got_worse_has_a_negative_credit_and_the_audit_says_so()
    {
        await RunAsync("e1", 0.75, 0.25);
        await RunAsync("e2", 0.75, 0.5);
        await RunAsync("e3", 0.5, 0.25);

        MemorySnapshot snapshot = await _memory.ExportAsync();
        Lesson harmful = snapshot.Lessons.MinBy(lesson => lesson.LearntAt)!;
        harmful.Credit.Should().Be(new LessonCredit(5, 3, -1));
        harmful.Credit.MeanDelta.Should().BeApproximately(-1 / 3.0, 1e-12);
        MemoryAudit.Of(snapshot, DateTimeOffset.UnixEpoch, new() { MinimumUses = 2 }).Harmful.Select(lesson => lesson.Id).Should().Contain(harmful.Id);
    }

    [Fact]
    public async Task The_ledger_names_for_each_trial_the_lessons_that_stood_in_its_prompt_and_no_more_than_allowed()
    {
        Episode[] episodes = [await RunAsync("e1", 0, 0, 0, 0, 0, 0.5), await RunAsync("e2", 0.5, 0.5)];

        MemorySnapshot snapshot = await _memory.ExportAsync();
        snapshot.ShouldBeConsistent();
        foreach (Episode episode in episodes)
        {
            foreach (Trial trial in episode.Trials.Where(trial => trial.RecalledLessonIds.Length > 0))
            {
                trial.RecalledLessonIds.Length.Should().BeLessThanOrEqualTo(3);
                trial.Prompt.Parts.SelectMany(part => part.LessonIds).Should().Equal(trial.RecalledLessonIds);
                LessonUse use = snapshot.Uses.Single(use => use.EpisodeId == episode.Id && use.Trial == trial.Number);
                use.LessonIds.Should().Equal(trial.RecalledLessonIds);
                use.DeltaG.Should().Be(trial.DeltaG);
            }
        }
    }

    [Fact]
    public async Task An_export_imported_twice_elsewhere_counts_once()
    {
        await RunAsync("e1", 0, 0.25, 1);
        MemorySnapshot snapshot = await _memory.ExportAsync();
        var other = new InMemoryEpisodicMemory();

        await other.ImportAsync(snapshot);
        await other.ImportAsync(snapshot);

        MemorySnapshot copy = await other.ExportAsync();
        copy.ShouldBeConsistent();
        copy.Lessons.Select(lesson => (lesson.Id, lesson.Credit)).Should().Equal(snapshot.Lessons.Select(lesson => (lesson.Id, lesson.Credit)));
    }

    [Fact]
    public async Task The_same_lesson_learnt_again_is_one_lesson_with_two_origins_and_keeps_its_credit()
    {
        ReflexionAgentBuilder builder = Agents.Answering("Lyon", "Nice").UseMemory(_memory)
            .UseReflector(_ => new DelegateReflector(_ => "Think of the seine."))
            .UseEvaluator(context => new TrajectoryEvaluation(context.Trajectory.Answer == "Nice" ? 0.5 : 0, false, "No."))
            .Configure(options => (options.MaxTrials, options.ReflectAfterLastTrial) = (2, true));

        await builder.Build().RunAsync(Agents.Question);

        Lesson lesson = (await _memory.ExportAsync()).Lessons.Should().ContainSingle().Subject;
        lesson.Provenances.Select(provenance => provenance.Trial).Should().Equal(1, 2);
        lesson.Credit.Should().Be(new LessonCredit(1, 1, 0.5));
    }

    private async Task<Episode> RunAsync(string id, params double[] scores)
    {
        int trial = 0;
        return await Agents.Answering("a", "b", "c", "d", "e", "f")
            .UseMemory(_memory)
            .UseTimeProvider(new FakeTime())
            .UseReflector(_ => new DelegateReflector(context => $"Insight number {context.Trial.Number} of episode {context.Run.EpisodeId}."))
            .UseEvaluator(_ => new TrajectoryEvaluation(scores[trial], scores[trial++] >= 1, "Not yet."))
            .Configure(options => options.MaxTrials = scores.Length)
            .Build().RunAsync(Agents.Question, new() { EpisodeId = id });
    }

    private async Task<IEnumerable<LessonCredit>> CreditsAsync() =>
        (await _memory.ExportAsync()).Lessons.OrderBy(lesson => lesson.Text, StringComparer.Ordinal).Select(lesson => lesson.Credit);
}
