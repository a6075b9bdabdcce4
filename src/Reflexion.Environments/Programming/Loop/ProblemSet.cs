using System.Collections;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>Problems with the languages they are written in, by the ids of their tasks.</summary>
internal sealed class ProblemSet : IEnumerable<(ProgrammingProblem Problem, IProgrammingLanguage Language)>
{
    private readonly ImmutableArray<(ProgrammingProblem Problem, IProgrammingLanguage Language)> _entries;
    private readonly FrozenDictionary<string, (ProgrammingProblem Problem, IProgrammingLanguage Language)> _byId;

    private ProblemSet(ImmutableArray<(ProgrammingProblem Problem, IProgrammingLanguage Language)> entries)
    {
        _entries = entries;
        _byId = entries.ToFrozenDictionary(entry => entry.Problem.Id, StringComparer.Ordinal);
    }

    internal static ProblemSet Of(ImmutableArray<ProgrammingProblem> problems, ImmutableArray<IProgrammingLanguage> languages)
    {
        if (problems.IsEmpty)
        {
            throw new ArgumentException("There are no problems.", nameof(problems));
        }

        RefuseRepeated(problems.Select(problem => problem.Id), nameof(problems), "problem");
        RefuseRepeated(languages.Select(language => language.Name), nameof(languages), "language");
        return new([.. problems.Select(problem => (problem, LanguageOf(problem, languages)))]);
    }

    /// <summary>The languages that the problems need.</summary>
    internal IEnumerable<IProgrammingLanguage> Languages => _entries.Select(entry => entry.Language).Distinct();

    internal (ProgrammingProblem Problem, IProgrammingLanguage Language) Of(AgentTask task) => _byId.TryGetValue(task.Id, out var found)
        ? found
        : throw new InvalidOperationException($"'{task.Id}' is none of the domain's problems; run the agent on {nameof(ProgrammingDomain)}.{nameof(ProgrammingDomain.Tasks)}.");

    public IEnumerator<(ProgrammingProblem Problem, IProgrammingLanguage Language)> GetEnumerator() => _entries.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static IProgrammingLanguage LanguageOf(ProgrammingProblem problem, ImmutableArray<IProgrammingLanguage> languages) =>
        languages.FirstOrDefault(language => language.Name == problem.Language) ?? throw new ArgumentException(
            $"Problem '{problem.Id}' is written in '{problem.Language}', and the languages given are {string.Join(", ", languages.Select(language => $"'{language.Name}'"))}. Leave the problem out, or give an {nameof(IProgrammingLanguage)} of that name.",
            nameof(problem));

    private static void RefuseRepeated(IEnumerable<string> names, string parameter, string what)
    {
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } repeated)
        {
            throw new ArgumentException($"The {what} '{repeated.Key}' is given {repeated.Count()} times; each {what} is given once.", parameter);
        }
    }
}
