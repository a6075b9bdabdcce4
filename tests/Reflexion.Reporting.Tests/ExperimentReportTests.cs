namespace Reflexion.Tests;

public sealed class ExperimentReportTests
{
    [Fact]
    public void The_first_retrying_arm_is_the_baseline_where_none_is_named()
    {
        ExperimentResult result = ExperimentSamples.Create(new() { Arms = ["retry", "other"] });
        var turned = new ExperimentResult(result.Name, result.Arms.Reverse(), result.Tasks, result.Seeds, result.Episodes);

        var report = ExperimentReport.Of(turned);

        report.Baseline.Should().Be("retry");
        report.Title.Should().Be("Harbour questions");
        report.Analysis.Comparisons.Should().ContainSingle().Which.First.Should().Be("other", "without a named baseline every two arms are compared, in their order");
    }

    [Fact]
    public void The_first_arm_is_the_baseline_where_none_retries()
    {
        ExperimentResult result = ExperimentSamples.Create(new() { Tasks = 3 });
        var learning = new ExperimentResult(result.Name, result.Arms.Skip(1), result.Tasks, result.Seeds, result.Episodes.Where(episode => episode.Arm != "retry"));

        ExperimentReport.Of(learning).Baseline.Should().Be("last attempt");
    }

    [Theory]
    [InlineData("reflexion", null)]
    [InlineData(null, "reflexion")]
    [InlineData("reflexion", "retry")]
    public void The_named_baseline_is_what_every_arm_is_compared_with(string? baseline, string? analysed)
    {
        var report = ExperimentReport.Of(ExperimentSamples.Create(), new() { Baseline = baseline, Analysis = new() { Baseline = analysed } });

        report.Baseline.Should().Be("reflexion");
        report.Analysis.Comparisons.Select(comparison => comparison.First).Should().Equal("reflexion", "reflexion");
    }

    [Fact]
    public void Whole_tasks_are_left_out_when_there_are_too_many_episodes()
    {
        ExperimentResult result = ExperimentSamples.Create(new() { Tasks = 6, Seeds = 1 });
        int first = DetailsOf(result, "task-001") + DetailsOf(result, "task-002");

        var report = ExperimentReport.Of(result, new() { MaxDetailedEpisodes = first + 1 });

        report.Result.Episodes.Where(episode => episode.Episode is not null).Select(episode => episode.TaskId).Distinct().Should().Equal("task-001", "task-002");
        report.Omitted.Should().Be(new ReportOmissions(result.Episodes.Count(episode => episode.Episode is not null) - first, 0, 0));
        report.Result.Episodes.Select(episode => episode.Outcome).Should().Equal(result.Episodes.Select(episode => episode.Outcome));
        report.Analysis.Should().BeEquivalentTo(ExperimentAnalysis.Of(result), "what is not shown counts all the same");
    }

    [Fact]
    public void Tasks_are_left_out_when_there_is_too_much_to_read()
    {
        ExperimentResult result = ExperimentSamples.Create(new() { Tasks = 4, Seeds = 1 });
        long first = result.Episodes.Where(episode => episode.TaskId == "task-001" && episode.Episode is not null).Sum(episode => EpisodeLength.Of(episode.Episode!));

        DetailedTasks(result, (int)first).Should().Equal("task-001");
        DetailedTasks(result, (int)first - 1).Should().BeEmpty();
    }

    [Fact]
    public void Of_many_lessons_the_most_used_are_kept_in_their_order()
    {
        ExperimentResult result = ExperimentSamples.Create();
        Lesson[] all = [.. result.Memories.Single(memory => memory is { Arm: "reflexion", Seed: 1 }).Snapshot.Lessons];

        var report = ExperimentReport.Of(result, new() { MaxLessons = 3 });

        Lesson[] kept = [.. report.Result.Memories.Single(memory => memory is { Arm: "reflexion", Seed: 1 }).Snapshot.Lessons];
        kept.Should().HaveCount(3).And.BeSubsetOf(all);
        kept.Should().Equal(all.Where(kept.Contains));
        kept.Min(lesson => lesson.Credit.Uses).Should().BeGreaterThanOrEqualTo(all.Except(kept).Max(lesson => lesson.Credit.Uses));
        report.Omitted.Lessons.Should().Be(result.Memories.Sum(memory => Math.Max(0, memory.Snapshot.Lessons.Length - 3)));
    }

    [Fact]
    public void Rejected_lessons_have_the_same_limit_and_the_latest_are_kept()
    {
        ExperimentResult result = ExperimentSamples.Create(new() { Tasks = 60 });
        int rejected = result.Memories.Sum(memory => memory.Snapshot.Quarantine.Length);

        var report = ExperimentReport.Of(result, new() { MaxLessons = 1 });

        rejected.Should().BeGreaterThan(2);
        report.Omitted.Rejections.Should().Be(result.Memories.Sum(memory => Math.Max(0, memory.Snapshot.Quarantine.Length - 1)));
        report.Result.Memories.Select(memory => memory.Snapshot.Quarantine.Select(one => one.Lesson.Id))
            .Should().BeEquivalentTo(result.Memories.Select(memory => memory.Snapshot.Quarantine.Select(one => one.Lesson.Id).TakeLast(1)), options => options.WithStrictOrdering());
    }

    [Fact]
    public void Embeddings_and_single_uses_are_left_out()
    {
        var lesson = new Lesson(new("", "a", "t"), "Look twice.", new("e", 1, default)) { Embedding = new("wheel", [1, 0]) };
        ExperimentResult result = ExperimentSamples.Create(new() { Tasks = 1 }) with
        {
            Memories = [new("retry", 1, new() { Lessons = [lesson], Uses = [new("e", 2, [lesson.Id], 0.5)], Quarantine = [new(lesson, "why", default)] })],
        };

        MemorySnapshot shown = ExperimentReport.Of(result).Result.Memories.Single().Snapshot;

        shown.Lessons.Single().Should().Be(lesson with { Embedding = null });
        shown.Quarantine.Single().Lesson.Embedding.Should().BeNull();
        shown.Uses.Should().BeEmpty();
    }

    [Fact]
    public void What_is_whole_omits_nothing() =>
        ExperimentReport.Of(ExperimentSamples.Create(new() { Tasks = 3 })).Omitted.IsEmpty.Should().BeTrue();

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        ExperimentResult result = ExperimentSamples.Create(new() { Tasks = 1 });
        Refused(new() { MaxDetailedEpisodes = -1 }).Should().Throw<ArgumentOutOfRangeException>();
        Refused(new() { MaxDetailCharacters = -1 }).Should().Throw<ArgumentOutOfRangeException>();
        Refused(new() { MaxLessons = -1 }).Should().Throw<ArgumentOutOfRangeException>();
        Refused(new() { Facts = null! }).Should().Throw<ArgumentNullException>();
        Refused(new() { ModelHashes = null! }).Should().Throw<ArgumentNullException>();
        Refused(new() { Analysis = null! }).Should().Throw<ArgumentNullException>();
        Refused(new() { Title = " " }).Should().Throw<ArgumentException>().WithMessage("A title is not blank*");
        Refused(new() { Baseline = "nobody" }).Should().Throw<ArgumentException>().WithMessage("The baseline 'nobody' is no arm of the experiment*");

        Action Refused(ReportOptions options) => () => ExperimentReport.Of(result, options);
    }

    private static int DetailsOf(ExperimentResult result, string task) => result.Episodes.Count(episode => episode.TaskId == task && episode.Episode is not null);

    private static IEnumerable<string> DetailedTasks(ExperimentResult result, int characters) =>
        ExperimentReport.Of(result, new() { MaxDetailCharacters = characters }).Result.Episodes.Where(episode => episode.Episode is not null).Select(episode => episode.TaskId).Distinct();
}
