using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>HotPotQA, the reasoning domain of Shinn et al. 2023 (section 4.2) and of Retroformer (Yao et al. 2023, section 5).</summary>
/// <remarks>
/// <example><code>
/// var domain = new HotPotQADomain(await HotPotQAQuestions.LoadAsync("hotpotqa.jsonl"));
/// ReflexionAgent agent = ReflexionAgent.CreateBuilder(chatClient).UseDomain(domain).Build();
/// Episode episode = await agent.RunAsync(domain.Tasks[0]);
/// </code></example>
/// Answers travel in <see cref="DomainTask.References"/> and reach evaluators only.
/// </remarks>
public sealed class HotPotQADomain : IAgentDomain
{
    private static readonly BracketedActionSyntax Syntax = new()
    {
        Actions = [HotPotQAEnvironment.Search, HotPotQAEnvironment.Lookup],
        FinishAction = HotPotQAEnvironment.Finish,
    };

    private readonly HotPotQAOptions _options;
    private readonly IDocumentStore _documents;

    /// <summary>Creates a domain.</summary>
    /// <param name="questions">The questions, each id once, each with its answer. At least one.</param>
    /// <param name="options">How to work on them; null for the defaults.</param>
    /// <exception cref="ArgumentException">There are no questions; an id occurs twice; a question has no answer, or no paragraphs where the agent needs them; or an option is out of range.</exception>
    public HotPotQADomain(IEnumerable<HotPotQAQuestion> questions, HotPotQAOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(questions);
        _options = options ?? new();
        _options.Validate();
        ImmutableArray<HotPotQAQuestion> all = [.. questions];
        Check(all);
        Tasks = [.. all.Select(ToTask)];
        _documents = _options.Documents ?? ParagraphStore.Pool(_options.Agent == HotPotQAAgent.ReAct ? all : []);
    }

    /// <inheritdoc/>
    public string Name => "hotpotqa";

    /// <inheritdoc/>
    public IReadOnlyList<DomainTask> Tasks { get; }

    /// <inheritdoc/>
    public void Configure(ReflexionAgentBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        (ITrajectoryEvaluator shown, ITrajectoryEvaluator heldOut) = _options.Score == HotPotQAScore.ExactMatch
            ? ((ITrajectoryEvaluator)new ExactMatchEvaluator(), (ITrajectoryEvaluator)new TokenF1Evaluator())
            : (new TokenF1Evaluator(), new ExactMatchEvaluator());
        builder
            .UseActor(Actor)
            .UseEvaluator(shown)
            .UseHeldOutEvaluator(heldOut)
            .UseReflector(build => new LlmSelfReflector(build.ChatClientOf(AgentComponent.Reflector), Reflector))
            .Configure(agent =>
            {
                agent.MaxTrials = _options.MaxTrials;
                agent.MaxLessonsInPrompt = _options.MaxLessonsInPrompt;
            });
    }

    private ReflectorOptions Reflector => new()
    {
        Format = ReflectorFormat.Plain,
        Examples = HotPotQAPrompts.ReflectionExamples(_options.Agent),
        MaxTrajectoryCharacters = _options.MaxReflectedCharacters,
        ChatOptions = _options.ReflectorChatOptions,
    };

    private IActor Actor(AgentBuildContext build) => _options.Agent switch
    {
        HotPotQAAgent.ReAct => new ReActActor(build.ChatClientOf(AgentComponent.Actor), _ => new HotPotQAEnvironment(_documents, _options.ObservedSentences), new()
        {
            MaxSteps = _options.MaxSteps,
            Instructions = _options.Instructions ?? HotPotQAPrompts.ReAct(_options.FenceObservations),
            Examples = _options.Examples ?? HotPotQAPrompts.ReActExamples,
            ChatOptions = _options.ChatOptions,
            Syntax = Syntax,
            FenceObservations = _options.FenceObservations,
            Context = new() { MaxInputTokens = _options.MaxPromptTokens },
            Progress = _options.Progress,
        }),
        HotPotQAAgent.ChainOfThought => Thinker(build, HotPotQAPrompts.ChainOfThought, HotPotQAPrompts.ChainOfThoughtExamples),
        _ => Thinker(build, HotPotQAPrompts.ChainOfThoughtWithContext, HotPotQAPrompts.ChainOfThoughtWithContextExamples),
    };

    private ChainOfThoughtActor Thinker(AgentBuildContext build, string instructions, string examples) => new(build.ChatClientOf(AgentComponent.Actor), new()
    {
        Instructions = _options.Instructions ?? instructions,
        Examples = _options.Examples ?? examples,
        ChatOptions = _options.ChatOptions,
    });

    private DomainTask ToTask(HotPotQAQuestion question) => new(new AgentTask(question.Id, question.Question.Trim()) { Context = ContextOf(question) })
    {
        References = [question.Answer!],
        Kind = question.Type,
    };

    private string? ContextOf(HotPotQAQuestion question) => _options.Agent != HotPotQAAgent.ChainOfThoughtWithContext ? null
        : string.Join("\n\n", GivenTo(question).Select(paragraph => $"{paragraph.Title}\n{paragraph.Text}"));

    private IEnumerable<HotPotQAParagraph> GivenTo(HotPotQAQuestion question) =>
        _options.Context == HotPotQAContext.All ? question.Paragraphs : question.SupportingParagraphs;

    private void Check(ImmutableArray<HotPotQAQuestion> questions)
    {
        string? fault = questions.IsEmpty ? "There are no questions."
            : questions.Any(question => question is null) ? "A question is null."
            : questions.GroupBy(question => question.Id).FirstOrDefault(group => group.Count() > 1) is { } twice ? $"The id '{twice.Key}' is that of several questions."
            : questions.FirstOrDefault(question => question.Answer is null) is { } open ? $"Question '{open.Id}' has no answer, so that nothing can be evaluated; use a set that has answers."
            : _options.Agent == HotPotQAAgent.ChainOfThoughtWithContext && questions.FirstOrDefault(question => !GivenTo(question).Any()) is { } bare
                ? $"Question '{bare.Id}' has none of the paragraphs that the agent is to be given ({nameof(HotPotQAContext)}.{_options.Context})."
            : _options is { Agent: HotPotQAAgent.ReAct, Documents: null } && !questions.Any(question => question.Paragraphs.Length > 0)
                ? $"The questions have no paragraphs to search; set {nameof(HotPotQAOptions)}.{nameof(HotPotQAOptions.Documents)}."
            : null;
        if (fault is not null)
        {
            throw new ArgumentException(fault, nameof(questions));
        }
    }
}
