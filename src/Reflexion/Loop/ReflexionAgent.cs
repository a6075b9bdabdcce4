using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>An agent that works on a task, is judged, reflects in words, and tries again (Shinn et al. 2023, algorithm 1).</summary>
/// <remarks>
/// Thread-safe: one instance runs any number of tasks at once. Neither running form throws for what goes wrong while
/// running: a model that fails or a budget that ends is a <see cref="StopReason"/>, and the trials made are kept.
/// </remarks>
public sealed class ReflexionAgent
{
    private readonly AgentComponents _parts;
    private readonly ReflexionAgentOptions _options;

    internal ReflexionAgent(AgentComponents parts, ReflexionAgentOptions options)
    {
        _parts = parts;
        _options = options;
    }

    /// <summary>The agent's name.</summary>
    public string Name => _options.Name;

    /// <summary>What the agent is made of.</summary>
    internal AgentComponents Parts => _parts;

    /// <summary>How the agent works. Not to be changed.</summary>
    internal ReflexionAgentOptions Options => _options;

    /// <summary>The memory the agent learns into.</summary>
    public IEpisodicMemory Memory => _parts.Memory;

    /// <summary>Starts building an agent.</summary>
    /// <param name="chatClient">The model for every component that is not given one of its own. The agent does not dispose it.</param>
    public static ReflexionAgentBuilder CreateBuilder(IChatClient chatClient) => new ReflexionAgentBuilder().UseChatClient(chatClient);

    /// <summary>Works on a task until it is solved, a stop condition holds or the budget ends.</summary>
    /// <param name="instruction">What to do; the task's id is derived from it.</param>
    /// <param name="options">What differs in this run; null for the defaults.</param>
    /// <param name="cancellationToken">Abandons the run. To keep its trials use <see cref="EpisodeOptions.StopToken"/>.</param>
    /// <returns>All trials, the best one, the usage, and why the episode ended.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="EpisodeMismatchException">The journal knows the episode's id as that of another task, strategy or other options.</exception>
    public Task<Episode> RunAsync(string instruction, EpisodeOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(AgentTask.FromInstruction(instruction), options, cancellationToken);

    /// <summary>Works on a task until it is solved, a stop condition holds or the budget ends.</summary>
    /// <param name="task">What to do.</param>
    /// <param name="options">What differs in this run; null for the defaults.</param>
    /// <param name="cancellationToken">Abandons the run. To keep its trials use <see cref="EpisodeOptions.StopToken"/>.</param>
    /// <returns>All trials, the best one, the usage, and why the episode ended.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="EpisodeMismatchException">The journal knows the episode's id as that of another task, strategy or other options.</exception>
    public async Task<Episode> RunAsync(AgentTask task, EpisodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        Episode? episode = null;
        await foreach (AgentEvent happened in LoopAsync(task, options ?? new(), streams: false, cancellationToken).ConfigureAwait(false))
        {
            episode = (happened as EpisodeEnded)?.Episode;
        }

        return episode!;
    }

    /// <summary>As <see cref="RunAsync(AgentTask, EpisodeOptions?, CancellationToken)"/>, with everything that happens as it happens.</summary>
    /// <param name="task">What to do.</param>
    /// <param name="options">What differs in this run; null for the defaults.</param>
    /// <param name="cancellationToken">Abandons the run. To keep its trials use <see cref="EpisodeOptions.StopToken"/>.</param>
    /// <returns>The events; the last one is an <see cref="EpisodeEnded"/>.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="EpisodeMismatchException">The journal knows the episode's id as that of another task, strategy or other options.</exception>
    public IAsyncEnumerable<AgentEvent> RunStreamingAsync(AgentTask task, EpisodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        return LoopAsync(task, options ?? new(), streams: true, cancellationToken);
    }

    /// <summary>As <see cref="RunAsync(string, EpisodeOptions?, CancellationToken)"/>, with everything that happens as it happens.</summary>
    /// <param name="instruction">What to do; the task's id is derived from it.</param>
    /// <param name="options">What differs in this run; null for the defaults.</param>
    /// <param name="cancellationToken">Abandons the run. To keep its trials use <see cref="EpisodeOptions.StopToken"/>.</param>
    /// <returns>The events; the last one is an <see cref="EpisodeEnded"/>.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="EpisodeMismatchException">The journal knows the episode's id as that of another task, strategy or other options.</exception>
    public IAsyncEnumerable<AgentEvent> RunStreamingAsync(string instruction, EpisodeOptions? options = null, CancellationToken cancellationToken = default) =>
        RunStreamingAsync(AgentTask.FromInstruction(instruction), options, cancellationToken);

    /// <summary>The same agent with an actor made for one request.</summary>
    internal ReflexionAgent With(IActor actor) => new(_parts with { Actor = actor }, _options);

    private async IAsyncEnumerable<AgentEvent> LoopAsync(
        AgentTask task, EpisodeOptions options, bool streams, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var episode = new RunningEpisode(_parts, _options, task, options, streams, cancellationToken);
        await episode.TryAsync(AgentComponent.Journal, episode.OpenAsync).ConfigureAwait(false);
        yield return new EpisodeStarted(episode.Run.EpisodeId, task);
        if (episode.Resumed is { } resumed)
        {
            yield return resumed;
        }

        while (!episode.HasEnded)
        {
            RunningTrial trial = episode.BeginTrial();
            if (!await episode.TryAsync(AgentComponent.Memory, trial.RecallAsync).ConfigureAwait(false)
                || !await episode.TryAsync(AgentComponent.Actor, trial.CreatePromptAsync).ConfigureAwait(false)
                || !await episode.TryAsync(AgentComponent.RetrospectiveModel, trial.RewritePromptAsync).ConfigureAwait(false))
            {
                break;
            }

            if (trial.Lessons.Length > 0)
            {
                yield return new LessonsRecalled(trial.Number, trial.Lessons);
            }

            if (trial.PromptWasRewritten)
            {
                yield return new PromptRewritten(trial.Number, trial.Prompt);
            }

            yield return new TrialStarted(trial.Number, trial.Prompt);
            await foreach (AgentEvent happened in trial.ActAsync().ConfigureAwait(false))
            {
                yield return happened;
            }

            if (trial.CanBeJudged && await episode.TryAsync(AgentComponent.Evaluator, trial.EvaluateAsync).ConfigureAwait(false))
            {
                yield return new TrialEvaluated(trial.Number, trial.Evaluation!);
                await episode.TryAsync(AgentComponent.HeldOutEvaluator, trial.EvaluateHeldOutAsync).ConfigureAwait(false);
                await episode.TryAsync(AgentComponent.Memory, trial.CreditAsync).ConfigureAwait(false);
                if (trial.IsWorthReflecting
                    && await episode.TryAsync(AgentComponent.Reflector, trial.ReflectAsync).ConfigureAwait(false)
                    && await episode.TryAsync(AgentComponent.Memory, trial.StoreLessonAsync).ConfigureAwait(false)
                    && trial.LessonEvent is { } learned)
                {
                    yield return learned;
                }
            }

            yield return new TrialEnded(await episode.EndTrialAsync(trial).ConfigureAwait(false));
        }

        yield return new EpisodeEnded(await episode.EndAsync().ConfigureAwait(false));
    }
}
