using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>Failures and retries of any agent: a failure is a first trial without a refinement, a retry one trial whose prompt holds the given refinement.</summary>
/// <remarks>
/// A refinement takes the very way into the prompt that it takes in use, through <see cref="LlmRetrospectiveModel"/>. Each run has an agent of its own, so that what one
/// learns does not reach another; give agents that share a memory one that is only read. With a seeded actor the same seed gives the same failures, whatever runs at once.
/// </remarks>
public sealed class AgentRolloutSource : IRolloutSource
{
    private readonly Func<ReflexionAgentBuilder> _agents;
    private readonly ImmutableArray<AgentTask> _tasks;
    private readonly LanguageModel _model;
    private readonly ChatTemplate? _template;
    private readonly RetrospectiveOptions _writing;
    private readonly AgentRolloutOptions _options;

    /// <summary>Creates a source.</summary>
    /// <param name="agents">Makes a builder of the agent, a new one for each call; its retrospective model and number of trials are set by the source.</param>
    /// <param name="tasks">What is tried; at least one task.</param>
    /// <param name="model">The model that is trained to write refinements; its tokenizer says what it is shown.</param>
    /// <param name="serving">How it will write in use; null for the defaults. Its sampling is the trainer's to choose.</param>
    /// <param name="options">How trials are made; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no task, or an option is out of range.</exception>
    public AgentRolloutSource(
        Func<ReflexionAgentBuilder> agents, IEnumerable<AgentTask> tasks, LanguageModel model, TrainedRetrospectiveOptions? serving = null,
        AgentRolloutOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(agents);
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(model);
        (_agents, _tasks, _model, _template) = (agents, [.. tasks], model, serving?.ChatTemplate);
        _writing = (serving ?? new()).ToRetrospectiveOptions();
        _options = (options ?? new()).Validate();
        if (_tasks.IsEmpty)
        {
            throw new ArgumentException("There is no task to fail at; give at least one.", nameof(tasks));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="EpisodeFailedException">A trial ended with an error, of the actor's model for instance.</exception>
    public async Task<ImmutableArray<FailedAttempt>> CollectAsync(int count, long seed, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var failures = new List<FailedAttempt>();
        var runs = new Queue<(AgentTask Task, long Seed)>(Runs(new(seed)));
        int made = 0;
        while (failures.Count < count && runs.Count > 0)
        {
            // As many as are likely to be needed, judged by the share that failed so far.
            int wave = (int)Math.Ceiling((count - failures.Count) * (made + 1.0) / (failures.Count + 1.0));
            (AgentTask Task, long Seed)[] next = [.. Enumerable.Range(0, Math.Min(made == 0 ? count : wave, runs.Count)).Select(_ => runs.Dequeue())];
            FailedAttempt?[] attempts = await TryAllAsync(next, cancellationToken).ConfigureAwait(false);
            failures.AddRange(attempts.OfType<FailedAttempt>());
            made += next.Length;
        }

        return [.. failures.Take(count)];
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Another source collected the attempt.</exception>
    /// <exception cref="EpisodeFailedException">The trial ended with an error, of the actor's model for instance.</exception>
    public async Task<double> RetryAsync(FailedAttempt attempt, string? refinement, long seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        RetrospectiveContext state = attempt.State as RetrospectiveContext
            ?? throw new ArgumentException($"'{attempt.Id}' was not collected by a source over agents; retry it with the source that collected it.", nameof(attempt));
        IRetrospectiveModel model = refinement is null ? new UnchangedPrompt() : new GivenRefinement(refinement, state, _writing);
        Trial? trial = await RunAsync(state.Task, model, seed, reflects: false, cancellationToken).ConfigureAwait(false);
        return trial?.Return ?? 0;
    }

    private IEnumerable<(AgentTask Task, long Seed)> Runs(SeedTree seeds)
    {
        for (int pass = 0; pass < _options.MaxPasses; pass++)
        {
            SeedTree below = seeds.At(pass);
            AgentTask[] order = [.. _tasks];
            below.Random().Shuffle(order);
            for (int i = 0; i < order.Length; i++)
            {
                yield return (order[i], below.At(i).Seed);
            }
        }
    }

    private async Task<FailedAttempt?[]> TryAllAsync((AgentTask Task, long Seed)[] runs, CancellationToken cancellationToken)
    {
        var attempts = new FailedAttempt?[runs.Length];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = _options.MaxConcurrentTrials, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, runs.Length),
            limits,
            async (i, token) => attempts[i] = await TryAsync(runs[i].Task, runs[i].Seed, token).ConfigureAwait(false)).ConfigureAwait(false);
        return attempts;
    }

    private async Task<FailedAttempt?> TryAsync(AgentTask task, long seed, CancellationToken cancellationToken)
    {
        Trial? trial = await RunAsync(task, new UnchangedPrompt(), seed, reflects: true, cancellationToken).ConfigureAwait(false);
        if (trial?.Evaluation is not { Success: false } verdict)
        {
            return null;
        }

        var state = new RetrospectiveContext
        {
            Task = task,
            BasePrompt = trial.Prompt,
            Lessons = trial.Lesson is { } lesson ? [lesson] : [],
            Trials = [trial],
        };
        IList<ChatMessage> messages = _writing.Messages(state);
        (string? instructions, string prompt) = ExperienceProjection.Split(messages);
        return new()
        {
            Id = FormattableString.Invariant($"{task.Id}@{seed:x16}"),
            TaskId = task.Id,
            PromptIds = _model.Tokenizer.Encode(_template is null ? _model.Tokenizer.RenderChat(messages) : _template.Render(messages, addGenerationPrompt: true)),
            Instructions = instructions,
            Prompt = prompt,
            Return = verdict.Score,
            State = state,
        };
    }

    private async Task<Trial?> RunAsync(AgentTask task, IRetrospectiveModel model, long seed, bool reflects, CancellationToken cancellationToken)
    {
        ReflexionAgent agent = _agents()
            .UseRetrospectiveModel(model)
            .Configure(options => (options.MaxTrials, options.ReflectAfterLastTrial) = (1, reflects))
            .Build();
        // All of the seed counts, not its low bits alone.
        int folded = (int)((seed ^ (seed >>> 32)) & int.MaxValue);
        Episode episode = await agent.RunAsync(task, _options.Episode(task) with { Seed = folded }, cancellationToken).ConfigureAwait(false);
        return episode.EnsureNotFailed().Trials.LastOrDefault();
    }
}
