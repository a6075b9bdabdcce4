using System.Collections.Immutable;
using System.Text.Json;

namespace Reflexion.Environments;

/// <summary>Reads the sets of problems that are part of the package.</summary>
internal static class BuiltInProblems
{
    internal const int FormatVersion = 1;

    internal static ImmutableArray<ProgrammingProblem> Read(string resource)
    {
        BuiltInSet set = JsonSerializer.Deserialize(HarnessResource.Read(resource), ProblemJsonContext.Default.BuiltInSet)
            ?? throw new InvalidOperationException($"'{resource}' holds no set of problems.");
        return set.Version == FormatVersion
            ? [.. set.Problems.Select(problem => ToProblem(problem, set.Language))]
            : throw new InvalidOperationException($"'{resource}' has format version {set.Version}; {FormatVersion} is read.");
    }

    private static ProgrammingProblem ToProblem(BuiltInProblem problem, string language) => new()
    {
        Id = problem.Id,
        Language = language,
        Difficulty = problem.Difficulty,
        EntryPoint = problem.EntryPoint,
        Prompt = string.Join('\n', problem.Prompt),
        HiddenTest = string.Join('\n', problem.Tests),
        CanonicalSolution = string.Join('\n', problem.Solution),
    };
}
