using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Compares ways of working: every arm works on every task with every seed, and nothing of what comes out is lost or left out.</summary>
/// <remarks>
/// Immutable and thread-safe; it can be estimated, run, and run again. Episode ids follow from experiment, arm, task and seed, so with
/// a journal an experiment that was cut short goes on where it was when it is run again.
/// <example><code>
/// Experiment experiment = Experiment.CreateBuilder("hotpot")
///     .UseDomain(domain)
///     .AddModel("small", client, new RateLimit { CallsPerMinute = 500 })
///     .AddStrategies(ReflexionStrategy.Retry, ReflexionStrategy.Reflexion)
///     .UseSeeds(1, 2, 3)
///     .Build();
/// ExperimentEstimate estimate = experiment.Estimate();
/// ExperimentResult result = await experiment.RunAsync();
/// ExperimentAnalysis analysis = ExperimentAnalysis.Of(result);
/// </code></example>
/// </remarks>
public sealed class Experiment
{
    private readonly ExperimentPlan _plan;
    private readonly ImmutableArray<ReflexionAgent> _probes;

    internal Experiment(ExperimentPlan plan)
    {
        _plan = plan;
        var arms = plan.Arms.Select(arm => Probe(plan, arm)).ToList();
        Arms = [.. arms.Select(arm => arm.Info)];
        _probes = [.. arms.Select(arm => arm.Agent)];
        Tasks = [.. plan.Tasks.Select(task => task.Info)];
    }

    /// <summary>The experiment's name, by which its episodes are found again.</summary>
    public string Name => _plan.Name;

    /// <summary>The arms.</summary>
    public ImmutableArray<ExperimentArmInfo> Arms { get; }

    /// <summary>The tasks.</summary>
    public ImmutableArray<ExperimentTaskInfo> Tasks { get; }

    /// <summary>The seeds.</summary>
    public ImmutableArray<int> Seeds => _plan.Seeds;

    /// <summary>How it is run.</summary>
    public ExperimentOptions Options => _plan.Options;

    /// <summary>Starts putting an experiment together.</summary>
    /// <param name="name">Its name; episodes are filed under it. Not blank.</param>
    public static ExperimentBuilder CreateBuilder(string name) => new(name);

    /// <summary>The id of an episode: <c>experiment/arm/task/seed</c>, with <c>%2F</c> for a slash and <c>%25</c> for a percent sign within a part.</summary>
    /// <param name="arm">The arm's name.</param>
    /// <param name="taskId">The task's id.</param>
    /// <param name="seed">The seed.</param>
    public string EpisodeIdOf(string arm, string taskId, int seed)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(arm);
        ArgumentException.ThrowIfNullOrWhiteSpace(taskId);
        return ExperimentIds.Episode(Name, arm, taskId, seed);
    }

    /// <summary>Tells what a run may take, without calling a model.</summary>
    /// <param name="pilot">A result with arms of the same names, run on a few tasks, from which to tell what is to be expected; null for none.</param>
    /// <returns>Upper bounds from the budgets, and with a pilot what is to be expected.</returns>
    public ExperimentEstimate Estimate(ExperimentResult? pilot = null) => ExperimentEstimator.Estimate(_plan, _probes, pilot);

    /// <summary>Looks for tasks in the prompts of the arms: instructions and worked examples that the tasks were taken from, or into.</summary>
    /// <param name="more">Other texts that models are shown, such as a reflector's examples; null for none.</param>
    /// <param name="options">Where to draw the lines; null for the defaults.</param>
    public ContaminationReport CheckContamination(IEnumerable<ContaminationExample>? more = null, ContaminationOptions? options = null) =>
        ContaminationCheck.Of([.. PromptExamples.Of(_plan, _probes), .. more ?? []], _plan.Tasks.Select(task => task.Task.Task), options);

    /// <summary>Runs every episode that was not run before.</summary>
    /// <param name="options">Progress, a request to stop, an earlier result; null for none.</param>
    /// <param name="cancellationToken">Abandons episodes in progress; <see cref="ExperimentRunOptions.StopToken"/> keeps their trials.</param>
    /// <returns>What became of each episode. What fails in one is its outcome, and costs no other.</returns>
    /// <exception cref="ExperimentCanceledException">The token was cancelled; the exception holds what was done.</exception>
    public Task<ExperimentResult> RunAsync(ExperimentRunOptions? options = null, CancellationToken cancellationToken = default) =>
        new ExperimentRunner(_plan, options ?? new(), cancellationToken).RunAsync(Arms);

    private static (ExperimentArmInfo Info, ReflexionAgent Agent) Probe(ExperimentPlan plan, ArmDefinition arm)
    {
        try
        {
            ReflexionAgentBuilder builder = plan.BuilderOf(arm, plan.Seeds[0], new InMemoryEpisodicMemory(time: plan.Time));
            ReflexionAgent agent = builder.Build(plan.Services);
            return (ExperimentDescription.Of(arm, agent, builder, plan.Services), agent);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            throw new InvalidOperationException($"The agent of arm '{arm.Name}' cannot be built: {fault.Message}", fault);
        }
    }
}
