using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

public sealed class MemoryAuditTests
{
    private static readonly DateTimeOffset Now = Start.AddDays(100);

    [Fact]
    public void An_empty_memory_has_nothing_wrong_with_it()
    {
        MemoryAudit audit = MemoryAudit.Of(new(), Now);

        audit.Should().BeEquivalentTo(new
        {
            Lessons = 0,
            Duplicates = Array.Empty<LessonOverlap>(),
            RecallLoops = Array.Empty<LessonOverlap>(),
            NeverUsed = Array.Empty<Lesson>(),
            Harmful = Array.Empty<Lesson>(),
            Stale = Array.Empty<Lesson>(),
            Quarantined = 0,
            QuarantineReasons = Array.Empty<(string, int)>(),
            Scopes = Array.Empty<ScopeCount>(),
        });
    }

    [Fact]
    public void Lessons_with_almost_the_same_words_are_duplicates_of_the_closest_original()
    {
        Lesson first = Of("Search for the film before its director, then answer.", task: "t1");
        Lesson second = Of("Then search for film BEFORE its director: answer!", task: "t2");
        Lesson third = Of("Then search for film BEFORE its director: answer! Now.", task: "t3");
        Lesson other = Of("Look at the desk.", task: "t4");

        MemoryAudit audit = MemoryAudit.Of(new() { Lessons = [first, other, second, third] }, Start);

        audit.Duplicates.Should().Equal(new LessonOverlap(second, first, 1), new LessonOverlap(third, first, 8 / 9.0));
        audit.Lessons.Should().Be(4);
    }

    [Theory]
    [InlineData("a1 b2 c3 d4 e5", "a1 b2 c3 d4 x6", 4 / 6.0, true)]
    [InlineData("a1 b2 c3 d4 e5", "a1 b2 c3 d4 x6", 0.67, false)]
    [InlineData("a1 b2 c3 d4", "a1 b2 c3 d4 e5", 0.8, true)]
    [InlineData("a1 b2 c3", "b2 c3 a1", 1.0, true)]
    [InlineData("a1 b2 c3", "b2 c3 d4", 1.0, false)]
    public void The_similarity_asked_for_is_the_line(string first, string second, double similarity, bool isDuplicate) =>
        MemoryAudit.Of(new() { Lessons = [Of(first, task: "1"), Of(second, task: "2")] }, Start, new() { DuplicateSimilarity = similarity })
            .Duplicates.Should().HaveCount(isDuplicate ? 1 : 0);

    [Fact]
    public void No_duplicates_are_sought_across_tenants_or_agents() =>
        MemoryAudit.Of(new() { Lessons = [Of("same words"), Of("same words", agent: "b"), Of("same words", tenant: "b")] }, Start)
            .Duplicates.Should().BeEmpty();

    [Fact]
    public void The_search_finds_what_comparing_with_every_original_finds()
    {
        var random = new Random(7);
        Lesson[] lessons =
        [
            .. Enumerable.Range(0, 150).Select(i => Of(string.Join(' ', Enumerable.Range(0, random.Next(1, 9)).Select(_ => $"w{random.Next(9)}")), task: $"{i}")),
        ];
        HashSet<string>[] words = [.. lessons.Select(lesson => lesson.Text.Split(' ').ToHashSet())];

        foreach (double similarity in new[] { 0.3, 0.5, 0.75, 0.8, 1 })
        {
            var originals = new List<int>();
            var expected = new List<string>();
            for (int i = 0; i < lessons.Length; i++)
            {
                bool isCopy = originals.Exists(j => (double)words[i].Intersect(words[j]).Count() / words[i].Union(words[j]).Count() >= similarity);
                if (isCopy)
                {
                    expected.Add(lessons[i].Id);
                }
                else
                {
                    originals.Add(i);
                }
            }

            MemoryAudit.Of(new() { Lessons = [.. lessons] }, Start, new() { DuplicateSimilarity = similarity })
                .Duplicates.Select(pair => pair.Lesson.Id).Should().Equal(expected);
        }
    }

    [Fact]
    public void Use_and_harm_follow_from_the_credit()
    {
        Lesson unused = Of("a");
        Lesson pending = Of("b") with { Credit = new(1, 0, 0) };
        Lesson seldom = Of("c") with { Credit = new(2, 2, -2) };
        Lesson harmful = Of("d") with { Credit = new(4, 3, -0.3) };
        Lesson worse = Of("e") with { Credit = new(3, 3, -3) };
        Lesson neutral = Of("f") with { Credit = new(3, 3, 0) };

        MemoryAudit audit = MemoryAudit.Of(new() { Lessons = [unused, pending, seldom, harmful, worse, neutral] }, Start);

        audit.NeverUsed.Should().Equal(unused);
        audit.Harmful.Should().Equal(worse, harmful);
        MemoryAudit.Of(new() { Lessons = [seldom, harmful] }, Start, new() { MinimumUses = 2 }).Harmful.Should().Equal(seldom, harmful);
    }

    [Fact]
    public void States_are_counted_and_retired_lessons_listed_worst_first()
    {
        Lesson bad = Of("a") with { State = LessonState.Retired, Credit = new(2, 2, -1) };
        Lesson worse = Of("b") with { State = LessonState.Retired, Credit = new(2, 2, -2) };
        Lesson good = Of("c") with { State = LessonState.Promoted };

        MemoryAudit audit = MemoryAudit.Of(new() { Lessons = [bad, worse, good] }, Start);

        audit.Retired.Should().Equal(worse, bad);
        audit.States.Should().Equal((LessonState.Candidate, 0), (LessonState.Probation, 0), (LessonState.Promoted, 1), (LessonState.Retired, 2));
    }

    [Fact]
    public void Secrets_are_found_in_lessons_and_in_quarantine_and_named_by_kind()
    {
        Lesson leaky = Of("Log in first.") with { Plan = "Use https://bob:hunter2hunter@example.test/ next." };
        Lesson rejected = Of("Authorization: Basic dXNlcjpwYXNz");

        MemoryAudit audit = MemoryAudit.Of(new() { Lessons = [Of("clean"), leaky], Quarantine = [new(rejected, "why", Start), new(Of("x"), "why", Start)] }, Start);

        audit.Secrets.Should().Equal(
            new SecretFinding(leaky, "a password in a URL", IsQuarantined: false),
            new SecretFinding(rejected, "an authorization header", IsQuarantined: true));
    }

    [Fact]
    public void A_lesson_is_stale_by_when_it_was_last_learnt()
    {
        Lesson stale = Of("a", minutes: 1);
        Lesson staler = Of("b", minutes: 0);
        Lesson fresh = Of("c", minutes: 0) with { Provenances = [new("e", 1, Start), new("e", 2, Start.AddMinutes(2))] };

        MemoryAudit.Of(new() { Lessons = [stale, staler, fresh] }, Start.AddMinutes(2).AddDays(90)).Stale.Should().Equal(staler, stale);
    }

    [Fact]
    public void A_lesson_that_repeats_what_stood_in_its_prompt_is_a_recall_loop()
    {
        Lesson source = Of("Always search for the film before its director.", trial: 1);
        Lesson echo = Of("Always search for film before its director, then.", trial: 2);
        Lesson own = Of("Open the drawer and take the key out.", trial: 2);
        Lesson unseen = Of("Always search for film before its director, too.", trial: 3);
        var snapshot = new MemorySnapshot
        {
            Lessons = [source, echo, own, unseen],
            Uses = [Use(2, 0, source), new LessonUse("other", 3, [source.Id], 0), Use(4, 0, Of("gone"))],
        };

        MemoryAudit audit = MemoryAudit.Of(snapshot, Start);

        audit.RecallLoops.Should().Equal(new LessonOverlap(echo, source, 5 / 6.0));
        MemoryAudit.Of(snapshot, Start, new() { EchoShare = 0.84 }).RecallLoops.Should().BeEmpty();
    }

    [Fact]
    public void A_lesson_learnt_again_from_its_own_recall_repeats_itself()
    {
        Lesson lesson = Of("Stop.") with { Provenances = [new("e1", 1, Start), new("e1", 2, Start)] };

        MemoryAudit.Of(new() { Lessons = [lesson], Uses = [Use(2, 0, lesson)] }, Start)
            .RecallLoops.Should().Equal(new LessonOverlap(lesson, lesson, 1));
    }

    [Fact]
    public void Rejections_are_counted_by_reason_and_scope()
    {
        QuarantinedLesson Rejected(string reason, string task) => new(Of("x", task: task), reason, Start);
        var snapshot = new MemorySnapshot
        {
            Lessons = [Of("a", task: "t1"), Of("a", task: "t2"), Of("b", task: "t2")],
            Quarantine = [Rejected("leak", "t1"), Rejected("order", "t3"), Rejected("order", "t1")],
        };

        MemoryAudit audit = MemoryAudit.Of(snapshot, Start);

        audit.Quarantined.Should().Be(3);
        audit.QuarantineReasons.Should().Equal(("order", 2), ("leak", 1));
        audit.Scopes.Select(count => (count.Scope.TaskId, count.Lessons, count.Quarantined)).Should().Equal(("t2", 2, 0), ("t1", 1, 2), ("t3", 0, 1));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        foreach (MemoryAuditOptions options in new MemoryAuditOptions[]
        {
            new() { MinimumUses = 0 },
            new() { DuplicateSimilarity = 0 },
            new() { DuplicateSimilarity = 1.01 },
            new() { EchoShare = double.NaN },
            new() { StaleAfter = TimeSpan.Zero },
        })
        {
            Action audit = () => MemoryAudit.Of(new(), Now, options);
            audit.Should().Throw<ArgumentOutOfRangeException>();
        }
    }
}
