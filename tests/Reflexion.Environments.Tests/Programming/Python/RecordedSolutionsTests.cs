using System.Collections.Concurrent;
using Reflexion.Environments;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>The recorded solutions of real models, run against the benchmarks' hidden tests, beside what a plain interpreter said of them.</summary>
[Collection(ProgramsCollection.Name)]
public sealed class RecordedSolutionsTests(Programs programs, ITestOutputHelper output)
{
    /// <summary>Limited by processor time rather than by the clock: the machine that runs the tests may be busy.</summary>
    private static readonly PythonOptions _patient = new()
    {
        HiddenTestTimeout = TimeSpan.FromSeconds(100),
        Limits = new() { CpuTime = TimeSpan.FromSeconds(10), WallClock = TimeSpan.FromSeconds(120), OutputBytes = 64 << 20 },
    };

    private static readonly ParallelOptions _two = new() { MaxDegreeOfParallelism = 2 };

    [SharedFact("data/recorded")]
    public async Task Every_recorded_solution_passes_or_fails_its_hidden_test_as_it_did_in_isolation()
    {
        Dictionary<string, ProgrammingProblem> problems = await LoadAsync("humaneval-py-hardest50", "humaneval-original-164", "mbpp-py");
        PythonLanguage python = await PythonLanguage.CreateAsync(programs.Sandbox, _patient);
        var disagreements = new ConcurrentBag<string>();
        output.WriteLine($"{"file",-55} {"lines",5} {"rerun",5} {"agree",5}");
        foreach (string file in Directory.EnumerateFiles(SharedFolder.PathOf("data/recorded"), "*.jsonl").Where(IsProgramming).Order(StringComparer.Ordinal))
        {
            IReadOnlyList<RecordedSolution> lines = RecordedSolution.Load(file);
            RecordedSolution[] rerun = [.. lines.Where(line => line is { Language: "py", PassesInIsolation: not null } && problems.ContainsKey(line.TaskId))];
            int agreed = 0;
            await Parallel.ForEachAsync(rerun, _two, async (line, cancellationToken) =>
            {
                ProgrammingProblem problem = problems[line.TaskId];
                ProgramRun run = await python.RunHiddenTestAsync(problem, Program(problem, line.Solution), cancellationToken);
                if (run.Passed == line.PassesInIsolation)
                {
                    Interlocked.Increment(ref agreed);
                }
                else
                {
                    disagreements.Add($"{Path.GetFileName(file)} {line.TaskId}: passes_in_isolation is {line.PassesInIsolation}, here {run.Tests[0].Outcome}: {run.Tests[0].Detail} {run.Tests[0].Actual}");
                }
            });
            output.WriteLine($"{Path.GetFileName(file),-55} {lines.Count,5} {rerun.Length,5} {agreed,5}");
        }

        foreach (string disagreement in disagreements.Order(StringComparer.Ordinal))
        {
            output.WriteLine(disagreement);
        }

        disagreements.Should().BeEmpty();
    }

    [SharedFact("data/humaneval-original-164.jsonl")]
    public async Task Every_canonical_solution_passes_its_hidden_test()
    {
        Dictionary<string, ProgrammingProblem> problems = await LoadAsync("humaneval-original-164");
        PythonLanguage python = await PythonLanguage.CreateAsync(programs.Sandbox, _patient);
        var failures = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(problems.Values, _two, async (problem, cancellationToken) =>
        {
            ProgramRun run = await python.RunHiddenTestAsync(problem, problem.Prompt + problem.CanonicalSolution, cancellationToken);
            if (!run.Passed)
            {
                failures.Add($"{problem.Id}: {run.Tests[0].Outcome} {run.Tests[0].Detail} {run.Tests[0].Actual}");
            }
        });

        output.WriteLine($"{problems.Count - failures.Count} of {problems.Count} canonical solutions pass.");
        failures.Should().BeEmpty();
    }

    private static bool IsProgramming(string file) => Path.GetFileName(file) is { } name && (name.StartsWith("humaneval-", StringComparison.Ordinal) || name.StartsWith("mbpp-", StringComparison.Ordinal));

    private static string Program(ProgrammingProblem problem, string solution) =>
        PythonReply.Defines(solution, problem.EntryPoint) ? solution : problem.Prompt + solution;

    private static async Task<Dictionary<string, ProgrammingProblem>> LoadAsync(params string[] files)
    {
        Dictionary<string, ProgrammingProblem> problems = [];
        foreach (string path in files.Select(file => SharedFolder.PathOf($"data/{file}.jsonl")).Where(File.Exists))
        {
            foreach (ProgrammingProblem problem in await ProgrammingProblems.LoadAsync(path))
            {
                problems[problem.Id] = problem;
            }
        }

        return problems;
    }
}
