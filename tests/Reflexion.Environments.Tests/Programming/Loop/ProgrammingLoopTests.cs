using Reflexion.Environments;
using Reflexion.Testing;

namespace Reflexion.Tests;

/// <summary>The whole loop with real languages and a scripted model.</summary>
[Collection(ProgramsCollection.Name)]
public sealed class ProgrammingLoopTests(Programs programs)
{
    [Fact]
    public async Task A_python_program_is_written_tested_and_improved()
    {
        ProgrammingProblem problem = Problems.Python("def check(candidate):\n    assert candidate(-3) == 3\n    assert candidate(4) == 4\n", "def size(x: int) -> int:\n    \"\"\"How far x is from zero.\"\"\"\n", "size");

        Episode episode = await RunAsync(
            problem,
            programs.Python,
            "```python\nassert size(2) == 2\nassert size(-2) == 2\nassert size(0) == 0\nassert size(0)==0\n```",
            "```python\ndef size(x: int) -> int:\n    return x\n```",
            "The sign was kept.\n```python\n    return abs(x)\n```");

        episode.Trials[0].Evaluation!.Feedback.Should().Be("2 of 3 unit tests passed.\nFailed:\nassert size(-2) == 2  # actual: -2\nPassed:\nassert size(2) == 2\nassert size(0) == 0");
        episode.Answer.Should().Be("def size(x: int) -> int:\n    \"\"\"How far x is from zero.\"\"\"\n    return abs(x)\n");
        episode.Trials[1].Trajectory.Steps.Should().ContainSingle().Which.Action!.Text.Should().Be(episode.Answer);
        Verdicts(episode).Should().Equal((false, false), (true, true));
    }

    [Fact]
    public async Task A_csharp_program_is_written_tested_and_improved()
    {
        ProgrammingProblem problem = ProgrammingProblems.CSharp.Single(known => known.Id == "leap-days");

        Episode episode = await RunAsync(
            problem,
            programs.CSharp,
            "```csharp\nAssert.Equal(1, Solution.LeapDays(2000, 2000));\nAssert.Equal(0, Solution.LeapDays(2004, 2003));\n```",
            "```csharp\npublic static int LeapDays(int first, int last) => last / 4;\n```",
            "```csharp\npublic static int LeapDays(int first, int last) => Enumerable.Range(first, Math.Max(0, last - first + 1)).Count(year => year % 4 == 0);\n```");

        episode.Trials[0].Evaluation!.Feedback.Should().Be("0 of 2 unit tests passed.\nFailed:\nAssert.Equal(1, Solution.LeapDays(2000, 2000));  // actual: 500\nAssert.Equal(0, Solution.LeapDays(2004, 2003));  // actual: 500");
        Verdicts(episode).Should().Equal((false, false), (true, false));
        ProgrammingReport.Of([episode]).Final.Should().Be(new TestConfusion(0, 1, 0, 0));
    }

    private static IEnumerable<(bool Own, bool Hidden)> Verdicts(Episode episode) => episode.Trials.Select(trial => (trial.Evaluation!.Success, trial.HeldOutEvaluation!.Success));

    private static async Task<Episode> RunAsync(ProgrammingProblem problem, IProgrammingLanguage language, string tests, params string[] replies)
    {
        var next = new Queue<string>(replies);
        using ScriptedChatClient client = new ScriptedChatClient()
            .When(ProgrammingDomainTests.IsForTests, tests)
            .When(ProgrammingDomainTests.IsForProgram, _ => ScriptedReply.Text(next.Dequeue()))
            .Otherwise("""{"root_cause": "a slip", "plan": "look closer", "lesson": "Look closer."}""");
        var domain = new ProgrammingDomain([problem], [language]);
        return (await ReflexionAgent.CreateBuilder(client).UseDomain(domain).Build().RunAsync(domain.Tasks[0])).EnsureNotFailed();
    }
}
