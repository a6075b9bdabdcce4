using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Reflexion;

/// <summary>Puts an agent together. Only a model and an evaluator are needed; everything else has a default.</summary>
/// <remarks>
/// The defaults: a <see cref="ChatActor"/>, an <see cref="LlmSelfReflector"/>, an in-memory <see cref="IEpisodicMemory"/>,
/// the guards of <see cref="LessonGuards"/>, and the retrospective model that the strategy asks for. Used alike with a
/// container (<c>services.AddReflexion</c>) and without. Not thread-safe; the agents it builds are.
/// </remarks>
public sealed class ReflexionAgentBuilder
{
    private readonly Dictionary<AgentComponent, Func<IServiceProvider, IChatClient>> _chatClients = [];
    private readonly List<Action<ReflexionAgentOptions>> _configurations = [];
    private readonly List<IStopCondition> _stopConditions = [];
    private Func<IServiceProvider, IChatClient>? _chatClient;
    private Func<AgentBuildContext, IActor>? _actor;
    private Func<AgentBuildContext, ITrajectoryEvaluator>? _evaluator;
    private Func<AgentBuildContext, ITrajectoryEvaluator>? _heldOutEvaluator;
    private Func<AgentBuildContext, ISelfReflector>? _reflector;
    private Func<AgentBuildContext, IEpisodicMemory>? _memory;
    private Func<AgentBuildContext, ILessonGuard>? _guard;
    private Func<AgentBuildContext, IRetrospectiveModel>? _retrospectiveModel;
    private Func<AgentBuildContext, IEpisodeJournal>? _journal;
    private TimeProvider? _time;
    private Func<string>? _newEpisodeId;
    private ILoggerFactory? _loggers;

    /// <summary>Sets the model of every component that is not given one of its own.</summary>
    /// <param name="chatClient">The model. The agent does not dispose it.</param>
    public ReflexionAgentBuilder UseChatClient(IChatClient chatClient)
    {
        ArgumentNullException.ThrowIfNull(chatClient);
        return UseChatClient(_ => chatClient);
    }

    /// <summary>Sets the model of every component that is not given one of its own.</summary>
    /// <param name="chatClient">Finds the model among the application's services.</param>
    public ReflexionAgentBuilder UseChatClient(Func<IServiceProvider, IChatClient> chatClient)
    {
        ArgumentNullException.ThrowIfNull(chatClient);
        _chatClient = chatClient;
        return this;
    }

    /// <summary>Gives one component a model of its own: a stronger reflector, a cheaper judge.</summary>
    /// <param name="component">The component.</param>
    /// <param name="chatClient">Its model. The agent does not dispose it.</param>
    public ReflexionAgentBuilder UseChatClientFor(AgentComponent component, IChatClient chatClient)
    {
        ArgumentNullException.ThrowIfNull(chatClient);
        _chatClients[component] = _ => chatClient;
        return this;
    }

    /// <summary>Changes the agent's options; calls add up, in order.</summary>
    /// <param name="configure">Changes the options.</param>
    public ReflexionAgentBuilder Configure(Action<ReflexionAgentOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _configurations.Add(configure);
        return this;
    }

    /// <summary>Sets the actor.</summary>
    /// <param name="actor">Makes the actor.</param>
    public ReflexionAgentBuilder UseActor(Func<AgentBuildContext, IActor> actor) => Set(ref _actor, actor);

    /// <summary>Sets the actor.</summary>
    /// <param name="actor">The actor.</param>
    public ReflexionAgentBuilder UseActor(IActor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return UseActor(_ => actor);
    }

    /// <summary>Sets the evaluator: what the agent is judged by, and stops on.</summary>
    /// <param name="evaluator">Makes the evaluator.</param>
    public ReflexionAgentBuilder UseEvaluator(Func<AgentBuildContext, ITrajectoryEvaluator> evaluator) => Set(ref _evaluator, evaluator);

    /// <summary>Sets the evaluator: what the agent is judged by, and stops on.</summary>
    /// <param name="evaluator">The evaluator.</param>
    public ReflexionAgentBuilder UseEvaluator(ITrajectoryEvaluator evaluator)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        return UseEvaluator((AgentBuildContext _) => evaluator);
    }

    /// <summary>Sets the evaluator: what the agent is judged by, and stops on.</summary>
    /// <param name="evaluate">Judges a trajectory.</param>
    public ReflexionAgentBuilder UseEvaluator(Func<EvaluationContext, TrajectoryEvaluation> evaluate) => UseEvaluator(new DelegateEvaluator(evaluate));

    /// <summary>Sets the evaluator: what the agent is judged by, and stops on.</summary>
    /// <param name="evaluate">Judges a trajectory, by calling a service, say.</param>
    public ReflexionAgentBuilder UseEvaluator(Func<EvaluationContext, CancellationToken, ValueTask<TrajectoryEvaluation>> evaluate) => UseEvaluator(new DelegateEvaluator(evaluate));

    /// <summary>Sets a held-out evaluator: its verdicts are recorded and never shown to any part of the agent.</summary>
    /// <param name="evaluator">Makes the evaluator.</param>
    public ReflexionAgentBuilder UseHeldOutEvaluator(Func<AgentBuildContext, ITrajectoryEvaluator> evaluator) => Set(ref _heldOutEvaluator, evaluator);

    /// <summary>Sets a held-out evaluator: its verdicts are recorded and never shown to any part of the agent.</summary>
    /// <param name="evaluator">The evaluator.</param>
    public ReflexionAgentBuilder UseHeldOutEvaluator(ITrajectoryEvaluator evaluator)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        return UseHeldOutEvaluator(_ => evaluator);
    }

    /// <summary>Sets the self-reflector. A strategy that never reflects has none, and does not ask for it.</summary>
    /// <param name="reflector">Makes the reflector.</param>
    public ReflexionAgentBuilder UseReflector(Func<AgentBuildContext, ISelfReflector> reflector) => Set(ref _reflector, reflector);

    /// <summary>Sets the self-reflector. A strategy that never reflects has none.</summary>
    /// <param name="reflector">The reflector.</param>
    public ReflexionAgentBuilder UseReflector(ISelfReflector reflector)
    {
        ArgumentNullException.ThrowIfNull(reflector);
        return UseReflector(_ => reflector);
    }

    /// <summary>Sets the episodic memory.</summary>
    /// <param name="memory">The memory. The agent does not dispose it.</param>
    public ReflexionAgentBuilder UseMemory(IEpisodicMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return UseMemory(_ => memory);
    }

    /// <summary>Sets the episodic memory.</summary>
    /// <param name="memory">Makes the memory. The agent does not dispose it.</param>
    public ReflexionAgentBuilder UseMemory(Func<AgentBuildContext, IEpisodicMemory> memory) => Set(ref _memory, memory);

    /// <summary>Sets the guard that sees every lesson before it is stored, in place of the default ones.</summary>
    /// <param name="guard">Makes the guard.</param>
    public ReflexionAgentBuilder UseLessonGuard(Func<AgentBuildContext, ILessonGuard> guard) => Set(ref _guard, guard);

    /// <summary>Sets the guard that sees every lesson before it is stored, in place of the default ones.</summary>
    /// <param name="guard">The guard; see <see cref="LessonGuards"/>.</param>
    public ReflexionAgentBuilder UseLessonGuard(ILessonGuard guard)
    {
        ArgumentNullException.ThrowIfNull(guard);
        return UseLessonGuard(_ => guard);
    }

    /// <summary>
    /// Sets the journal: what happens in an episode is kept as it happens, and a run under the id of an episode that was interrupted
    /// (<see cref="EpisodeOptions.EpisodeId"/>) goes on where it stood. Where the journal fails, the episode ends with
    /// <see cref="StopReason.Failed"/>. Default: the container's, else none.
    /// </summary>
    /// <param name="journal">Makes the journal.</param>
    public ReflexionAgentBuilder UseJournal(Func<AgentBuildContext, IEpisodeJournal> journal) => Set(ref _journal, journal);

    /// <summary>
    /// Sets the journal: what happens in an episode is kept as it happens, and a run under the id of an episode that was interrupted
    /// (<see cref="EpisodeOptions.EpisodeId"/>) goes on where it stood. Where the journal fails, the episode ends with
    /// <see cref="StopReason.Failed"/>. Default: the container's, else none.
    /// </summary>
    /// <param name="journal">The journal. The agent does not dispose it.</param>
    public ReflexionAgentBuilder UseJournal(IEpisodeJournal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        return UseJournal(_ => journal);
    }

    /// <summary>Sets the retrospective model, in place of the one the strategy implies.</summary>
    /// <param name="model">Makes the retrospective model.</param>
    public ReflexionAgentBuilder UseRetrospectiveModel(Func<AgentBuildContext, IRetrospectiveModel> model) => Set(ref _retrospectiveModel, model);

    /// <summary>Sets the retrospective model, in place of the one the strategy implies.</summary>
    /// <param name="model">The retrospective model.</param>
    public ReflexionAgentBuilder UseRetrospectiveModel(IRetrospectiveModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return UseRetrospectiveModel(_ => model);
    }

    /// <summary>Adds a stop condition to success and <see cref="ReflexionAgentOptions.MaxTrials"/>, which always hold.</summary>
    /// <param name="condition">The condition; see <see cref="StopWhen"/>.</param>
    public ReflexionAgentBuilder AddStopCondition(IStopCondition condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        _stopConditions.Add(condition);
        return this;
    }

    /// <summary>Sets the clock. Default: the container's, else the system's.</summary>
    /// <param name="time">The clock.</param>
    public ReflexionAgentBuilder UseTimeProvider(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        return this;
    }

    /// <summary>Sets how episode ids are made. Default: 16 random hexadecimal digits.</summary>
    /// <param name="newId">Makes an id that is not in use.</param>
    public ReflexionAgentBuilder UseEpisodeIds(Func<string> newId)
    {
        ArgumentNullException.ThrowIfNull(newId);
        _newEpisodeId = newId;
        return this;
    }

    /// <summary>Sets where to log. Default: the container's loggers, else nowhere.</summary>
    /// <param name="loggers">Makes loggers.</param>
    public ReflexionAgentBuilder UseLoggerFactory(ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(loggers);
        _loggers = loggers;
        return this;
    }

    /// <summary>Builds an agent. The builder can be used again.</summary>
    /// <param name="services">The application's services; null for none.</param>
    /// <exception cref="InvalidOperationException">A model or an evaluator is missing.</exception>
    /// <exception cref="ArgumentException">The options are not sound; the message lists every fault.</exception>
    public ReflexionAgent Build(IServiceProvider? services = null)
    {
        var options = new ReflexionAgentOptions();
        Apply(options);
        return Build(services ?? NoServices.Instance, key: null, options);
    }

    /// <summary>Does to the options what <see cref="Configure"/> was told.</summary>
    internal void Apply(ReflexionAgentOptions options)
    {
        foreach (Action<ReflexionAgentOptions> configure in _configurations)
        {
            configure(options);
        }
    }

    /// <summary>Builds an agent with options that are complete: <see cref="Apply"/> is the caller's to call.</summary>
    internal ReflexionAgent Build(IServiceProvider services, string? key, ReflexionAgentOptions options)
    {
        string[] faults = [.. options.Validate()];
        if (faults.Length > 0)
        {
            throw new ArgumentException($"The options of agent '{options.Name}' are not sound: {string.Join(" ", faults)}");
        }

        TimeProvider time = _time ?? services.GetService<TimeProvider>() ?? TimeProvider.System;
        var context = new AgentBuildContext(services, options, time, component => ChatClientOf(component, services, key));
        ITrajectoryEvaluator evaluator = _evaluator?.Invoke(context)
            ?? Find<ITrajectoryEvaluator>(services, key)
            ?? throw new InvalidOperationException($"Agent '{options.Name}' has no evaluator to learn from: call {nameof(UseEvaluator)}, with a lambda if you like.");
        var parts = new AgentComponents
        {
            Actor = _actor?.Invoke(context) ?? Find<IActor>(services, key) ?? new ChatActor(context.ChatClientOf(AgentComponent.Actor)),
            Evaluator = evaluator,
            HeldOutEvaluator = _heldOutEvaluator?.Invoke(context),
            Reflector = options.Strategy.Reflects() ? ReflectorOf(context, key) : new NoReflector(),
            Memory = _memory?.Invoke(context) ?? Find<IEpisodicMemory>(services, key) ?? new InMemoryEpisodicMemory(time: time),
            Guard = _guard?.Invoke(context) ?? Find<ILessonGuard>(services, key) ?? LessonGuards.Default,
            RetrospectiveModel = _retrospectiveModel?.Invoke(context) ?? DefaultRetrospectiveModel(context, key),
            Journal = _journal?.Invoke(context) ?? Find<IEpisodeJournal>(services, key),
            StopCondition = StopWhen.Any([StopWhen.Solved(), .. _stopConditions, StopWhen.TrialsReach(options.MaxTrials)]),
            Time = time,
            NewEpisodeId = _newEpisodeId ?? EpisodeIds.New,
            Logger = (_loggers ?? services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<ReflexionAgent>(),
        };
        return new(parts, options);
    }

    private static T? Find<T>(IServiceProvider services, string? key)
        where T : class =>
        (key is not null && services is IKeyedServiceProvider keyed ? keyed.GetKeyedService<T>(key) : null) ?? services.GetService<T>();

    private ISelfReflector ReflectorOf(AgentBuildContext context, string? key) =>
        _reflector?.Invoke(context) ?? Find<ISelfReflector>(context.Services, key) ?? new LlmSelfReflector(context.ChatClientOf(AgentComponent.Reflector));

    private static IRetrospectiveModel DefaultRetrospectiveModel(AgentBuildContext context, string? key) => context.Options.Strategy switch
    {
        ReflexionStrategy.Retry => new UnchangedPrompt(),
        ReflexionStrategy.LastAttempt => new LessonRenderer(includeLessons: false, includeLastAttempt: true),
        ReflexionStrategy.LastAttemptAndReflexion => new LessonRenderer(includeLessons: true, includeLastAttempt: true),
        // A model in the container must not turn a baseline into something else.
        ReflexionStrategy.Retrospective => Find<IRetrospectiveModel>(context.Services, key) ?? new LlmRetrospectiveModel(context.ChatClientOf(AgentComponent.RetrospectiveModel)),
        _ => new LessonRenderer(includeLessons: true, includeLastAttempt: false),
    };

    /// <summary>The model of a component, or null where it has none.</summary>
    internal IChatClient? FindChatClient(AgentComponent component, IServiceProvider services, string? key = null) =>
        (_chatClients.GetValueOrDefault(component) ?? _chatClient)?.Invoke(services) ?? Find<IChatClient>(services, key);

    private IChatClient ChatClientOf(AgentComponent component, IServiceProvider services, string? key) => FindChatClient(component, services, key)
        ?? throw new InvalidOperationException($"There is no IChatClient for the {component}: call {nameof(UseChatClient)} or register one in the container.");

    private ReflexionAgentBuilder Set<T>(ref Func<AgentBuildContext, T>? field, Func<AgentBuildContext, T> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        field = factory;
        return this;
    }

    internal sealed class NoServices : IServiceProvider
    {
        internal static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
