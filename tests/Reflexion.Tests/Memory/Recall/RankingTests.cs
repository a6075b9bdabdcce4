using FsCheck;
using FsCheck.Fluent;
using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

public sealed class RankingTests
{
    [Fact]
    public void Words_are_counted_without_case_punctuation_and_articles_and_cut_when_overlong()
    {
        LessonWords words = LessonWords.Of(Of("The KEY, a key: Öffnen!") with { RootCause = "cause", Plan = $"{new string('x', 70)} {new string('x', 64)}" });

        words.Counts.Should().BeEquivalentTo(new Dictionary<string, int> { ["key"] = 2, ["offnen"] = 1, ["cause"] = 1, [new string('x', 64)] = 2 });
        words.Length.Should().Be(6);
    }

    [Fact]
    public void Overlap_is_jaccards()
    {
        LessonWords.Of("one two three").Overlap(LessonWords.Of("three two four five")).Should().Be(0.4);
        LessonWords.Of("").Overlap(LessonWords.Of("...")).Should().Be(0);
    }

    [Fact]
    public void Words_are_looked_up_rarest_first_until_the_budget_is_spent()
    {
        KeyValuePair<string, long>[] frequencies = [new("often", 50), new("b", 2), new("never", 0), new("a", 2), new("seldom", 10), new("always", 99)];

        List<Bm25Term> plan = Bm25.Plan(frequencies, 100, 30);

        plan.Select(term => (term.Word, term.Take)).Should().Equal(("a", 2), ("b", 2), ("seldom", 10), ("often", 16));
        plan[0].Weight.Should().BeApproximately(Math.Log(1 + (98.5 / 2.5)), 1e-12);
        Bm25.Plan(Enumerable.Range(0, 100).Select(i => KeyValuePair.Create($"{i:000}", 1L)), 100, 1_000).Should().HaveCount(64);
    }

    [Fact]
    public void Reciprocal_ranks_are_summed_and_utility_added()
    {
        Ranked a = new(1, 9, default), b = new(2, 8, new(4, 4, 2)), c = new(3, 7, new(1, 1, -1));

        List<Ranked> fused = RankFusion.Fuse([[a, b], [b, c], []], 3, new() { UtilityWeight = 0 });
        fused.Select(lesson => lesson.Rank).Should().Equal(2, 1, 3);
        fused[1].Score.Should().BeApproximately(1 / 61.0 / ((1 / 61.0) + (1 / 62.0)), 1e-12);

        RankFusion.Fuse([[a, b, c]], 2, new() { UtilityWeight = 0 }).Select(lesson => lesson.Rank).Should().Equal(1, 2);
        RankFusion.Fuse([[a, b, c]], 3, new() { UtilityWeight = 1, ExplorationWeight = 0 }).Select(lesson => lesson.Rank).Should().Equal(2, 1, 3);
        RankFusion.Utility(new(4, 4, 2), 5, 0.5).Should().BeApproximately(0.5 + (0.5 * Math.Sqrt(Math.Log(6) / 5)), 1e-12);
        RankFusion.Utility(default, 0, 0.5).Should().Be(0);
        RankFusion.Fuse([], 3, new()).Should().BeEmpty();
    }

    [Fact]
    public void Scores_that_differ_only_by_rounding_are_ties_and_the_later_lesson_wins() =>
        Ranked.Best([new(1, 0.1 + 0.2, default), new(2, 0.3, default), new(3, 0.2, default)], 2).Select(lesson => lesson.Rank).Should().Equal(2, 1);

    [Theory]
    [InlineData(new float[] { 1, 0 }, new float[] { 2, 0 }, 1.0)]
    [InlineData(new float[] { 1, 0 }, new float[] { 0, 3 }, 0.0)]
    [InlineData(new float[] { 3, 4 }, new float[] { -3, -4 }, -1.0)]
    [InlineData(new float[] { 3, 4 }, new float[] { 4, 3 }, 0.96)]
    [InlineData(new float[] { 0, 0 }, new float[] { 4, 3 }, 0.0)]
    [InlineData(new float[] { 1 }, new float[] { 1, 0 }, 0.0)]
    [InlineData(new float[] { float.MaxValue, 0 }, new float[] { float.MaxValue, 0 }, 1.0)]
    public void The_cosine_is_that_of_the_angle(float[] one, float[] other, double cosine) =>
        Cosine.Of(one, other).Should().BeApproximately(cosine, 1e-12);

    /// <summary>The index against BM25 written from its formula, whatever is filed, credited, retired and forgotten before.</summary>
    [Fact]
    public void The_ranking_is_that_of_the_formula() =>
        Prop.ForAll(Gen.Choose(0, 9).ArrayOf(3).ArrayOf().ToArbitrary(), async texts =>
        {
            var options = new MemoryOptions { MaxLessonsPerTask = 6, Recall = new() { UtilityWeight = 0 }, Lifecycle = new() { MinimumCreditedUses = 1, ConfidenceQuantile = 0 } };
            var memory = new InMemoryEpisodicMemory(options, new FakeTime());
            for (int i = 0; i < texts.Length; i++)
            {
                Lesson lesson = await memory.AddAsync(Of(string.Join(' ', texts[i].Select(word => $"w{word}")), task: $"t{i % 2}", episode: $"e{i}"));
                await memory.RecordUseAsync(new("e", i + 1, [lesson.Id], i % 5 == 0 ? -1 : 1));
                await memory.RecallAsync(Query("none", breadth: LessonBreadth.Agent) with { Text = "w1" });
            }

            Lesson[] live = [.. (await memory.ExportAsync()).Lessons.Where(lesson => lesson.State != LessonState.Retired)];
            string[] query = ["w0", "w1", "w2"];
            double mean = live.Length == 0 ? 1 : live.Average(lesson => lesson.Text.Split(' ').Length);
            double Score(Lesson lesson) => query.Sum(word =>
            {
                int having = live.Count(other => other.Text.Split(' ').Contains(word));
                int count = lesson.Text.Split(' ').Count(other => other == word);
                return Math.Log(1 + ((live.Length - having + 0.5) / (having + 0.5))) * count * 2.2
                    / (count + (1.2 * (0.25 + (0.75 * lesson.Text.Split(' ').Length / mean))));
            });
            IEnumerable<string> expected = live.Select((lesson, index) => (lesson.Id, Score: Score(lesson), index)).Where(item => item.Score > 0)
                .OrderBy(item => Math.Round(item.Score, 9)).ThenBy(item => item.index).Select(item => item.Id);

            IReadOnlyList<Lesson> recalled = await memory.RecallAsync(Query("none", breadth: LessonBreadth.Agent) with { Text = "w0 w1 w2" });
            recalled.Select(lesson => lesson.Id).Should().Equal(expected);
        }).Check(Config.QuickThrowOnFailure);
}
