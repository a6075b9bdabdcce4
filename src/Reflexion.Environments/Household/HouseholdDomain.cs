using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>Household tasks, the decision-making domain of Shinn et al. 2023 (section 4.1) and of Retroformer (Yao et al. 2023, section 5).</summary>
/// <remarks>
/// <example><code>
/// var domain = new HouseholdDomain(await HouseholdWorlds.LoadAsync("alfworld-games.jsonl"));
/// ReflexionAgent agent = ReflexionAgent.CreateBuilder(chatClient).UseDomain(domain).Build();
/// Episode episode = await agent.RunAsync(domain.Tasks[0]);
/// </code></example>
/// A task's id is its world's.
/// </remarks>
public sealed class HouseholdDomain : IAgentDomain
{
    /// <summary>What a call of the actor may need, prompt and reply together: examples, a full trial and its lessons.</summary>
    private const long TokensACall = 8_000;

    private static readonly TimeSpan TimeACall = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    private readonly HouseholdOptions _options;
    private readonly FrozenDictionary<string, HouseholdWorld> _worlds;

    /// <summary>Creates a domain.</summary>
    /// <param name="worlds">The worlds, loaded, generated or written, each id once. At least one.</param>
    /// <param name="options">How to work on them; null for the defaults.</param>
    /// <exception cref="ArgumentException">There are no worlds, an id occurs twice, or an option is out of range.</exception>
    public HouseholdDomain(IEnumerable<HouseholdWorld> worlds, HouseholdOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        _options = options ?? new();
        _options.Validate();
        ImmutableArray<HouseholdWorld> all = [.. worlds];
        Check(all);
        _worlds = all.ToFrozenDictionary(world => world.Id, StringComparer.Ordinal);
        Tasks = [.. all.Select(ToTask)];
    }

    /// <inheritdoc/>
    public string Name => "household";

    /// <inheritdoc/>
    public IReadOnlyList<DomainTask> Tasks { get; }

    /// <summary>The world of a task, with all that is hidden from the agent.</summary>
    /// <param name="task">One of <see cref="Tasks"/>.</param>
    /// <exception cref="ArgumentException">The task is not one of the domain's.</exception>
    public HouseholdWorld WorldOf(AgentTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return _worlds.TryGetValue(task.Id, out HouseholdWorld? world)
            ? world
            : throw new ArgumentException($"The household domain has no task '{task.Id}'; work on one of its {nameof(Tasks)}.", nameof(task));
    }

    /// <inheritdoc/>
    public void Configure(ReflexionAgentBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder
            .UseActor(build => new HouseholdActor(build.ChatClientOf(AgentComponent.Actor), WorldOf, _options))
            .UseEvaluator(new HouseholdEvaluator(_options.StopRule))
            .UseReflector(build => new LlmSelfReflector(build.ChatClientOf(AgentComponent.Reflector), Reflector))
            .Configure(Limit);
    }

    private ReflectorOptions Reflector => new()
    {
        Format = ReflectorFormat.Plain,
        Examples = HouseholdPrompts.ReflectionExamples,
        ChatOptions = _options.ReflectorChatOptions,
    };

    /// <summary>A budget that was made for question answering would end an episode of households early.</summary>
    private void Limit(ReflexionAgentOptions agent)
    {
        int calls = _options.MaxTrials * (_options.ActionLimit + 1);
        TimeSpan time = calls * TimeACall;
        agent.MaxTrials = _options.MaxTrials;
        agent.MaxLessonsInPrompt = _options.MaxLessonsInPrompt;
        agent.Budget = agent.Budget with
        {
            MaxModelCalls = Math.Max(agent.Budget.MaxModelCalls, calls),
            MaxTokens = Math.Max(agent.Budget.MaxTokens, calls * TokensACall),
            MaxDuration = time <= agent.Budget.MaxDuration ? agent.Budget.MaxDuration : time < Longest ? time : Longest,
        };
    }

    private static DomainTask ToTask(HouseholdWorld world)
    {
        string kind = HouseholdTaskKinds.NameOf(world.Goal.Kind);
        return new(new AgentTask(world.Id, $"{world.Task}.") { Metadata = ImmutableDictionary<string, string>.Empty.Add("kind", kind) }) { Kind = kind };
    }

    private static void Check(ImmutableArray<HouseholdWorld> worlds)
    {
        string? fault = worlds.IsEmpty ? "There are no worlds."
            : worlds.Any(world => world is null) ? "A world is null."
            : worlds.GroupBy(world => world.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice ? $"The id '{twice.Key}' is that of several worlds."
            : null;
        if (fault is not null)
        {
            throw new ArgumentException(fault, nameof(worlds));
        }
    }
}
