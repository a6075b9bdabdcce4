namespace Reflexion.Tests;

public sealed class ContaminationCheckTests
{
    private static readonly AgentTask Band = new("band", "In which year did the band that Jane Roe used to front, after two albums, finally break up?");

    [Fact]
    public void A_task_that_stands_in_an_example_is_found_however_it_is_written()
    {
        ContaminationReport report = ContaminationCheck.Of(
            [new("clean", "Question: How tall is the tower?"), new("tainted", "Q: in WHICH year did band that Jane Roe used to front -- after two albums -- finally break up\nA: 2004")],
            [Band]);

        ContaminationFinding finding = report.Findings.Single();
        finding.Should().BeEquivalentTo(new { Example = "tainted", TaskId = "band", IsExact = true, Overlap = 1.0, LongestRun = 17 });
        finding.Excerpt.Should().StartWith("in which year did band").And.EndWith("finally break up");
        report.Should().BeEquivalentTo(new { Examples = 2, Tasks = 1, IsClean = false });
        report.ContaminatedTasks.Should().Equal("band");
    }

    [Fact]
    public void A_part_of_a_task_is_found_and_measured()
    {
        // Nine words in a row: two of the task's ten runs of eight.
        ContaminationReport report = ContaminationCheck.Of([new("part", "which year did the band that Jane Roe used to sing")], [Band]);

        report.Findings.Single().Should().BeEquivalentTo(new { IsExact = false, LongestRun = 9, Excerpt = "which year did band that jane roe used to" });
        report.Findings.Single().Overlap.Should().BeApproximately(0.2, 1e-15);
        ContaminationCheck.Of([new("part", "which year did the band that Jane Roe used to sing")], [Band], new() { MinimumOverlap = 0.3 }).IsClean.Should().BeTrue();
    }

    [Fact]
    public void Fewer_words_in_a_row_than_asked_for_are_no_finding()
    {
        ContaminationCheck.Of([new("short", "which year did the band that Jane Roe")], [Band]).IsClean.Should().BeTrue();
        ContaminationCheck.Of([new("short", "which year did the band that Jane Roe")], [Band], new() { Words = 7 }).IsClean.Should().BeFalse();
    }

    [Fact]
    public void A_short_task_must_stand_there_whole_and_a_very_short_one_is_not_looked_for()
    {
        ContaminationReport report = ContaminationCheck.Of(
            [new("example", "Your task is to: put a clean mug on the desk.")],
            [new("mug", "Put a clean mug on the desk."), new("plate", "Put a clean plate on the desk."), new("go", "Put mug")]);

        report.Findings.Select(finding => (finding.TaskId, finding.IsExact)).Should().Equal(("mug", true));
        report.TooShort.Should().Equal("go");
    }

    [Fact]
    public void Material_is_looked_for_where_asked()
    {
        var task = new AgentTask("q", "Who built the old town hall?") { Context = "Between the two wars the council moved into a villa that a brewer had left to the city." };
        ContaminationExample[] examples = [new("example", "the council moved into a villa that a brewer had left to the city in his will")];

        ContaminationCheck.Of(examples, [task]).IsClean.Should().BeTrue();
        ContaminationFinding finding = ContaminationCheck.Of(examples, [task], new() { IncludeContext = true }).Findings.Single();
        finding.IsExact.Should().BeFalse();
        finding.LongestRun.Should().Be(10);
    }

    [Fact]
    public void Findings_come_worst_first()
    {
        ContaminationReport report = ContaminationCheck.Of(
            [new("part", "did the band that Jane Roe used to front, after all"), new("whole", Band.Instruction)], [Band, new AgentTask("other", Band.Instruction + " Answer with a number.")]);

        report.Findings.Select(finding => (finding.Example, finding.TaskId)).Should().StartWith(("whole", "band")).And.HaveCount(4);
        report.Findings.Select(finding => finding.IsExact).Should().Equal(true, false, false, false);
        report.Findings.Skip(1).Select(finding => finding.Overlap).Should().BeInDescendingOrder();
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        foreach (ContaminationOptions options in new ContaminationOptions[] { new() { Words = 2 }, new() { MinimumWords = 1 }, new() { MinimumOverlap = 1.1 }, new() { MinimumOverlap = double.NaN } })
        {
            FluentActions.Invoking(() => ContaminationCheck.Of([], [], options)).Should().Throw<ArgumentOutOfRangeException>();
        }

        ContaminationCheck.Of([], []).IsClean.Should().BeTrue();
    }
}
