using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>Sets of programming problems: files in the benchmarks' formats, and a set of this package's own.</summary>
public static class ProgrammingProblems
{
    private static readonly Lazy<ImmutableArray<ProgrammingProblem>> _csharp = new(() => BuiltInProblems.Read("Programming.csharp.json"));

    /// <summary>The package's own problems in C#, from easy to hard, each with hidden tests and a canonical solution.</summary>
    public static ImmutableArray<ProgrammingProblem> CSharp => _csharp.Value;

    /// <summary>
    /// Loads a benchmark file, one JSON object a line: HumanEval's own format (<c>task_id, prompt, entry_point, canonical_solution,
    /// test</c>) or that of MultiPL-E (<c>name, language, prompt, entry_point, test</c>).
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The problems in their order. Those of MultiPL-E carry its name of the language, with <c>py</c> read as <c>python</c>.</returns>
    /// <exception cref="DatasetFormatException">A line is not a problem, or an id occurs twice.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<IReadOnlyList<ProgrammingProblem>> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var problems = new List<ProgrammingProblem>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await foreach ((int number, ProblemLine line) in JsonLines.ReadAsync(path, ProblemJsonContext.Default.ProblemLine, cancellationToken).ConfigureAwait(false))
        {
            ProgrammingProblem problem = line.ToProblem(path, number);
            problems.Add(ids.Add(problem.Id) ? problem : throw new DatasetFormatException(path, number, $"the id '{problem.Id}' occurs for a second time; each problem has one of its own."));
        }

        return problems;
    }
}
