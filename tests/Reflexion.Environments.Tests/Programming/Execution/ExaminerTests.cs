using System.Text;
using Reflexion.Environments;

namespace Reflexion.Tests;

[Collection(ProgramsCollection.Name)]
public sealed class ExaminerTests(Programs programs)
{
    private const string Test = "t";

    [Theory]
    [InlineData("""{"verdict":"passed","actual":"1"}""", TestOutcome.Passed, "1", null)]
    [InlineData("""{"verdict":"failed","actual":null,"detail":""}""", TestOutcome.Failed, null, null)]
    [InlineData("""{"verdict":"raised","actual":5,"detail":"E: no"}""", TestOutcome.Raised, null, "E: no")]
    [InlineData("""{"verdict":"idle"}""", TestOutcome.Failed, null, "The test ended without calling the program.")]
    [InlineData("""{"verdict":"PASSED"}""", TestOutcome.Failed, null, null)]
    [InlineData("""{"verdict":true}""", TestOutcome.Died, null, "The test's process did not say how the test went.")]
    [InlineData("""{}""", TestOutcome.Died, null, "The test's process did not say how the test went.")]
    [InlineData("""passed""", TestOutcome.Died, null, "The test's process did not say how the test went.")]
    public void Only_a_verdict_that_says_so_is_a_pass(string said, TestOutcome outcome, string? actual, string? detail) =>
        VerdictReader.Read(Test, Encoding.UTF8.GetBytes(said)).Should().Be(new TestResult(Test, outcome) { Actual = actual, Detail = detail });

    [Theory]
    [InlineData(SandboxEnd.WallClock, TestOutcome.TimedOut, "The program ran out of time.")]
    [InlineData(SandboxEnd.CpuTime, TestOutcome.TimedOut, "The program ran out of processor time.")]
    [InlineData(SandboxEnd.Exited, TestOutcome.Died, "The program ended its process (exit code 3) before the test was over. It said: oh")]
    [InlineData(SandboxEnd.Crashed, TestOutcome.Died, "The program crashed: it ran out of memory or stack, or was killed. It said: oh")]
    [InlineData(SandboxEnd.Memory, TestOutcome.Died, "The program used more memory than it may. It said: oh")]
    [InlineData(SandboxEnd.Output, TestOutcome.Died, "The program wrote more output than it may. It said: oh")]
    [InlineData(SandboxEnd.Disposed, TestOutcome.Died, "The program broke off its answer: it is too large, or no answer at all. It said: oh")]
    public void The_end_of_a_process_is_put_into_words(SandboxEnd end, TestOutcome outcome, string detail) =>
        ExitWords.Died(Test, new(end, 3, " oh\n"), "The program").Should().Be(new TestResult(Test, outcome) { Detail = detail });

    [Fact]
    public void What_a_process_said_is_shortened() =>
        ExitWords.Died(Test, new(SandboxEnd.Output, null, new string('x', 1000)), "It").Detail.Should().Be($"It wrote more output than it may. It said: {new string('x', 300)}...");

    [Fact]
    public async Task A_run_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        Task<ProgramRun> run = programs.Python.RunHiddenTestAsync(Problems.Python("def check(candidate):\n    candidate(1)\n"), "def f(x):\n    while True: pass\n", cancel.Token).AsTask();

        await cancel.CancelAsync();

        await run.Invoking(running => running).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Many_runs_at_once_keep_apart()
    {
        bool[] passed = await Task.WhenAll(Enumerable.Range(0, 12).Select(async number =>
            (await programs.Python.RunHiddenTestAsync(Problems.Python($"def check(candidate):\n    assert candidate(0) == {number - (number % 2)}\n"), $"def f(x): return {number}\n", default)).Passed));

        passed.Should().Equal(Enumerable.Range(0, 12).Select(number => number % 2 == 0));
    }

    [Fact]
    public async Task Text_that_defeats_the_parser_holds_no_tests()
    {
        PythonLanguage hasty = await PythonLanguage.CreateAsync(programs.Sandbox, new() { HiddenTestTimeout = TimeSpan.FromMilliseconds(1) });

        (await hasty.ReadTestsAsync(Problems.Python(""), "assert f(1) == 1", default)).Should().BeEmpty();
        (await programs.Python.ReadTestsAsync(Problems.Python(""), "assert f(" + new string('(', 50_000), default)).Should().BeEmpty();
    }
}
