using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>Programming (Shinn et al. 2023, section 4.3): write a function, test it with unit tests of one's own, reflect on what failed, try again.</summary>
/// <remarks>
/// The agent is judged by tests that its own model writes, once an episode; the problem's hidden test is the held-out evaluator and
/// reaches no prompt. Immutable and safe to share; the sandboxes of the languages are the caller's to dispose.
/// <example><code>
/// await using ISandbox sandbox = await ProcessSandbox.CreateAsync();
/// var domain = new ProgrammingDomain(ProgrammingProblems.CSharp, [new CSharpLanguage(sandbox)]);
/// ReflexionAgent agent = ReflexionAgent.CreateBuilder(chatClient).UseDomain(domain).Build();
/// Episode episode = await agent.RunAsync(domain.Tasks[0]);
/// Console.WriteLine(ProgrammingReport.Of([episode]));
/// </code></example>
/// </remarks>
public sealed class ProgrammingDomain : IAgentDomain
{
    private readonly ProgrammingOptions _options;
    private readonly ProblemSet _problems;

    /// <summary>Creates the domain.</summary>
    /// <param name="problems">The problems, each id once. At least one.</param>
    /// <param name="languages">The languages they are written in, each name once.</param>
    /// <param name="options">The protocol; null for the paper's.</param>
    /// <exception cref="ArgumentException">There are no problems; one is in a language that is not given; an id or a name occurs twice; or an option is out of range.</exception>
    public ProgrammingDomain(IEnumerable<ProgrammingProblem> problems, IEnumerable<IProgrammingLanguage> languages, ProgrammingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problems);
        ArgumentNullException.ThrowIfNull(languages);
        _options = options ?? new();
        _options.Validate();
        _problems = ProblemSet.Of([.. problems], [.. languages]);
        Tasks = [.. _problems.Select(entry => ToTask(entry.Problem, entry.Language))];
    }

    /// <inheritdoc/>
    public string Name => "programming";

    /// <inheritdoc/>
    public IReadOnlyList<DomainTask> Tasks { get; }

    /// <inheritdoc/>
    public void Configure(ReflexionAgentBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder
            .Configure(options =>
            {
                options.Strategy = _options.Strategy;
                options.MaxTrials = _options.MaxTrials;
                options.MaxLessonsInPrompt = _options.MaxLessonsInPrompt;
            })
            .UseActor(context => new ProgrammingActor(context.ChatClientOf(AgentComponent.Actor), _problems, _options))
            .UseEvaluator(context => new SelfTestEvaluator(_problems, new SelfTests(context.ChatClientOf(AgentComponent.Evaluator), _options)))
            .UseHeldOutEvaluator(new HiddenTestEvaluator(_problems))
            .UseReflector(context => new LlmSelfReflector(context.ChatClientOf(AgentComponent.Reflector), new() { Examples = ProgrammingPrompts.Reflections }));
    }

    private static DomainTask ToTask(ProgrammingProblem problem, IProgrammingLanguage language) => new(new(problem.Id, ProgrammingPrompts.Instruction(language, problem))
    {
        Metadata = ImmutableDictionary<string, string>.Empty.Add("language", problem.Language).Add("entry_point", problem.EntryPoint),
    })
    {
        Kind = problem.Difficulty.Length > 0 ? problem.Difficulty : language.Name,
    };
}
