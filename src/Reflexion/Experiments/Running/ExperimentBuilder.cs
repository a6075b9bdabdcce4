using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Puts an experiment together: arms, tasks, seeds, limits.</summary>
/// <remarks>
/// Arms are every combination of the models, strategies and variants that were added, named after their parts
/// (<c>gpt-4+Reflexion+terse</c>), and those added by <see cref="AddArm(string, Action{ReflexionAgentBuilder})"/>. An arm's agent is set up by
/// the domain, then by <see cref="ConfigureAgents"/>, the model, the strategy and the variant; what comes later wins. Not thread-safe; experiments are.
/// </remarks>
public sealed class ExperimentBuilder
{
    private readonly string _name;
    private readonly List<ExperimentModel> _models = [];
    private readonly List<ReflexionStrategy> _strategies = [];
    private readonly List<(string Name, Action<ReflexionAgentBuilder, int> Configure)> _variants = [];
    private readonly List<ArmDefinition> _arms = [];
    private readonly List<PlannedTask> _tasks = [];
    private readonly List<Action<ReflexionAgentBuilder>> _common = [];
    private readonly SortedDictionary<string, string> _description = new(StringComparer.Ordinal);
    private ImmutableArray<int> _seeds = [0];
    private ExperimentOptions _options = new();
    private TimeProvider _time = TimeProvider.System;

    internal ExperimentBuilder(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _name = name;
    }

    /// <summary>Adds a model: arms are made with each.</summary>
    /// <param name="name">What to call it. Not blank.</param>
    /// <param name="client">Its client, for every component that is not given one of its own. It is not disposed of.</param>
    /// <param name="limit">How much it may be asked for, over all arms; null for no limit.</param>
    public ExperimentBuilder AddModel(string name, IChatClient client, RateLimit? limit = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(client);
        limit?.Validate();
        _models.Add(new(name, client, limit));
        return this;
    }

    /// <summary>Adds strategies: arms are made with each.</summary>
    /// <param name="strategies">The strategies.</param>
    public ExperimentBuilder AddStrategies(params IEnumerable<ReflexionStrategy> strategies)
    {
        ArgumentNullException.ThrowIfNull(strategies);
        _strategies.AddRange(strategies);
        return this;
    }

    /// <summary>Adds a variant: arms are made with each.</summary>
    /// <param name="name">What to call it. Not blank.</param>
    /// <param name="configure">Sets what makes it.</param>
    public ExperimentBuilder AddVariant(string name, Action<ReflexionAgentBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return AddVariant(name, (builder, _) => configure(builder));
    }

    /// <summary>Adds a variant that depends on the seed, because the model's sampling is seeded, say.</summary>
    /// <param name="name">What to call it. Not blank.</param>
    /// <param name="configure">Sets what makes it, given the seed.</param>
    public ExperimentBuilder AddVariant(string name, Action<ReflexionAgentBuilder, int> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        _variants.Add((name, configure));
        return this;
    }

    /// <summary>Adds one arm, beside the combinations.</summary>
    /// <param name="name">What to call it. Not blank.</param>
    /// <param name="configure">Sets what makes it.</param>
    public ExperimentBuilder AddArm(string name, Action<ReflexionAgentBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return AddArm(name, (builder, _) => configure(builder));
    }

    /// <summary>Adds one arm that depends on the seed, beside the combinations.</summary>
    /// <param name="name">What to call it. Not blank.</param>
    /// <param name="configure">Sets what makes it, given the seed.</param>
    public ExperimentBuilder AddArm(string name, Action<ReflexionAgentBuilder, int> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        _arms.Add(new(name, "", "", configure));
        return this;
    }

    /// <summary>Adds a domain's tasks, and sets all agents up for it.</summary>
    /// <param name="domain">The domain.</param>
    public ExperimentBuilder UseDomain(IAgentDomain domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        _description["domain"] = domain.Name;
        return AddTasks(domain.Tasks).ConfigureAgents(domain.Configure);
    }

    /// <summary>Adds tasks.</summary>
    /// <param name="tasks">The tasks, with their references.</param>
    public ExperimentBuilder AddTasks(IEnumerable<DomainTask> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        foreach (DomainTask task in tasks)
        {
            _tasks.Add(new(task, new() { References = task.References }));
        }

        return this;
    }

    /// <summary>Adds a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="options">
    /// Its references, tenant and limits; null for none. Id, seed, shared budget and stop token are the experiment's own in place of these.
    /// </param>
    public ExperimentBuilder AddTask(AgentTask task, EpisodeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        options ??= new();
        _tasks.Add(new(new(task) { References = options.References }, options));
        return this;
    }

    /// <summary>Sets the seeds: every arm works on every task with each. Default: 0 alone.</summary>
    /// <param name="seeds">The seeds, each once; at least one.</param>
    public ExperimentBuilder UseSeeds(params IEnumerable<int> seeds)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        _seeds = [.. seeds];
        return this;
    }

    /// <summary>Sets up the agents of all arms alike; calls add up, in order.</summary>
    /// <param name="configure">Sets actor, evaluators and limits.</param>
    public ExperimentBuilder ConfigureAgents(Action<ReflexionAgentBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _common.Add(configure);
        return this;
    }

    /// <summary>
    /// Keeps every episode in a journal, so that running the experiment again goes on where it stood and pays for nothing twice. Lessons are
    /// put back from it into the experiment's own memories.
    /// </summary>
    /// <param name="journal">The journal. It is not disposed of.</param>
    public ExperimentBuilder UseJournal(IEpisodeJournal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        return ConfigureAgents(builder => builder.UseJournal(journal));
    }

    /// <summary>Sets parallelism, budgets, and what is shared and kept.</summary>
    /// <param name="options">The options.</param>
    public ExperimentBuilder UseOptions(ExperimentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        return this;
    }

    /// <summary>Sets the clock of agents and rate limits. Default: the system's.</summary>
    /// <param name="time">The clock.</param>
    public ExperimentBuilder UseTimeProvider(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        return this;
    }

    /// <summary>Writes something about the experiment into its results: a commit, an adapter's hash, a temperature.</summary>
    /// <param name="name">What it is. Not blank.</param>
    /// <param name="value">Its value.</param>
    public ExperimentBuilder Describe(string name, string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(value);
        _description[name] = value;
        return this;
    }

    /// <summary>Makes the experiment, and every arm's agent once, so that what is missing shows before anything is paid for.</summary>
    /// <param name="services">The application's services; null for none.</param>
    /// <exception cref="InvalidOperationException">There are no arms, tasks or seeds, one is there twice, or an arm's agent cannot be built.</exception>
    public Experiment Build(IServiceProvider? services = null)
    {
        var plan = new ExperimentPlan
        {
            Name = _name,
            Arms = Distinct([.. Combinations(), .. _arms], arm => arm.Name, "arm", $"{nameof(AddModel)}, {nameof(AddStrategies)}, {nameof(AddVariant)} or {nameof(AddArm)}"),
            Tasks = Distinct(_tasks, task => task.Id, "task", $"{nameof(UseDomain)}, {nameof(AddTasks)} or {nameof(AddTask)}"),
            Seeds = Distinct(_seeds, seed => seed, "seed", nameof(UseSeeds)),
            Options = _options,
            Common = [.. _common],
            Models = [.. _models],
            Configuration = ExperimentDescription.Of(_description, _tasks, _options),
            Time = _time,
            Services = services ?? ReflexionAgentBuilder.NoServices.Instance,
        };
        return new(plan);
    }

    private IEnumerable<ArmDefinition> Combinations()
    {
        if (_models.Count + _strategies.Count + _variants.Count == 0)
        {
            yield break;
        }

        foreach ((string model, Action<ReflexionAgentBuilder, int> useModel) in Axis(_models.Select(model => (model.Name, UseModel(model)))))
        {
            foreach ((string strategy, Action<ReflexionAgentBuilder, int> useStrategy) in Axis(_strategies.Select(strategy => (strategy.ToString(), UseStrategy(strategy)))))
            {
                foreach ((string variant, Action<ReflexionAgentBuilder, int> useVariant) in Axis(_variants))
                {
                    string[] parts = [model, strategy, variant];
                    yield return new(string.Join('+', parts.Where(part => part.Length > 0)), model, variant, useModel + useStrategy + useVariant);
                }
            }
        }
    }

    private static IEnumerable<(string Name, Action<ReflexionAgentBuilder, int> Configure)> Axis(IEnumerable<(string, Action<ReflexionAgentBuilder, int>)> values) =>
        values.DefaultIfEmpty(("", (_, _) => { }
    ));

    private Action<ReflexionAgentBuilder, int> UseModel(ExperimentModel model)
    {
        // One client for all arms, so that they share its limit.
        IChatClient client = model.Limit is null ? model.Client : model.Client.WithRateLimit(model.Limit, _time);
        return (builder, _) => builder.UseChatClient(client);
    }

    private static Action<ReflexionAgentBuilder, int> UseStrategy(ReflexionStrategy strategy) =>
        (builder, _) => builder.Configure(options => options.Strategy = strategy);

    private static ImmutableArray<T> Distinct<T, TKey>(IReadOnlyCollection<T> items, Func<T, TKey> key, string what, string how)
        where TKey : notnull
    {
        if (items.Count == 0)
        {
            throw new InvalidOperationException($"The experiment has no {what}; call {how}.");
        }

        return items.CountBy(key).FirstOrDefault(count => count.Value > 1) is { Value: > 1 } doubled
            ? throw new InvalidOperationException($"The experiment has the {what} '{doubled.Key}' twice; each may be there once.")
            : [.. items];
    }
}
