using Microsoft.Extensions.AI;

namespace Reflexion.Retroformer;

/// <summary>
/// Has several refinements written before each retry and chooses one of them, or none, by a policy that learns from the change in return: Retroformer for
/// models whose weights are out of reach.
/// </summary>
/// <remarks>
/// <para>
/// The arms are the base prompt as it is (the null arm) and what the writers make of it; writers that say the same, or nothing, make one arm or none.
/// Before a first trial there is nothing to choose: lessons stand in the prompt as they are.
/// </para>
/// <para>
/// The return of a trial reaches the policy by itself when the prompt of the next one is made. That of the last trial reaches it through
/// the evaluator where that is watched (<see cref="Watching"/>, which <c>UseSelector</c> does), or through <see cref="Observe(Episode)"/>. No return is
/// learnt from twice. Where the loop withholds a refinement that quotes a reference, what it puts in its place counts as what that choice leads to.
/// </para>
/// <para>
/// Thread-safe; meant to be shared by all agents of an application. Episodes need ids of their own. The draw follows from the seeds of options and
/// run, the episode's id and the trial, so that the same state chooses alike.
/// </para>
/// <example><code>
/// var selector = new SelectorRetrospectiveModel(client, state: File.Exists(path) ? await SelectorJson.LoadAsync(path) : null);
/// ReflexionAgent agent = ReflexionAgent.CreateBuilder(client).UseSelector(selector, evaluator).Build();
/// Episode episode = await agent.RunAsync("…");
/// await SelectorJson.SaveAsync(selector.Export(), path);
/// </code></example>
/// </remarks>
public sealed class SelectorRetrospectiveModel : IRetrospectiveModel
{
    private static readonly LessonRenderer FirstTrial = new();
    private readonly IRetrospectiveModel[] _writers;
    private readonly RefinementFeatures _features;
    private readonly int _seed;

    /// <summary>Creates a selector over refinements of one chat model.</summary>
    /// <param name="client">The model that writes. Not disposed with this one.</param>
    /// <param name="options">How to write, choose and learn; null for the defaults.</param>
    /// <param name="state">What an earlier selector had learnt; null to begin anew.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the state is of other features.</exception>
    public SelectorRetrospectiveModel(IChatClient client, SelectorOptions? options = null, SelectorState? state = null)
        : this(Writers(client, (options ?? new()).Validate()), options, state)
    {
    }

    /// <summary>Creates a selector over refinements of any kind: of several models, prompts, or rules.</summary>
    /// <param name="writers">Each makes a prompt to choose from; at least one. All are asked at once.</param>
    /// <param name="options">How to choose and learn; null for the defaults. <see cref="SelectorOptions.Candidates"/> and <see cref="SelectorOptions.Writing"/> are not looked at.</param>
    /// <param name="state">What an earlier selector had learnt; null to begin anew.</param>
    /// <exception cref="ArgumentException">There is no writer, an option is out of range, or the state is of other features.</exception>
    public SelectorRetrospectiveModel(IReadOnlyList<IRetrospectiveModel> writers, SelectorOptions? options = null, SelectorState? state = null)
    {
        ArgumentNullException.ThrowIfNull(writers);
        if (writers.Count == 0 || writers.Contains(null!))
        {
            throw new ArgumentException("There must be a writer, and none may be null.", nameof(writers));
        }

        options = (options ?? new()).Validate();
        _writers = [.. writers];
        _features = new(options.EmbeddingGenerator);
        _seed = options.Learning.Seed;
        Learner = state is null ? new(RefinementFeatures.Names.Length, options.Learning) : new(state.Of(RefinementFeatures.Names), options.Learning);
        Log = new(options.LogCapacity);
        foreach (SelectorDecision open in state?.Open ?? [])
        {
            Log.Add(open);
        }
    }

    /// <summary>What learns, with the policy that serves.</summary>
    public SelectorLearner Learner { get; }

    /// <summary>The choices made, with their propensities and rewards.</summary>
    public SelectorLog Log { get; }

    /// <inheritdoc/>
    public async ValueTask<ActorPrompt> RewriteAsync(RetrospectiveContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Trials.IsDefaultOrEmpty || context.Trials[^1].Return is not { } before)
        {
            return await FirstTrial.RewriteAsync(context, cancellationToken).ConfigureAwait(false);
        }

        Observe(context.Run.EpisodeId, context.Trials[^1].Number, before);
        (ActorPrompt Prompt, string Text)[] candidates = await WriteAsync(context, cancellationToken).ConfigureAwait(false);
        if (candidates.Length == 0)
        {
            return context.BasePrompt;
        }

        SelectorArms arms = await _features.ExtractAsync(context, [.. candidates.Select(candidate => candidate.Text)], cancellationToken).ConfigureAwait(false);
        int trial = context.Trials[^1].Number + 1;
        SelectorChoice choice = Learner.Policy.Choose(arms, StableDraw.Of(Combine(_seed, context.Run.Seed), context.Run.EpisodeId, trial));
        Log.Add(new(context.Run.EpisodeId, context.Task.Id, trial, arms, choice, before));
        return choice.Arm == 0 ? context.BasePrompt : candidates[choice.Arm - 1].Prompt;
    }

    /// <summary>Learns from the trials of an episode that no one has learnt from yet, the last one above all.</summary>
    /// <param name="episode">The episode, just run or out of a journal.</param>
    public void Observe(Episode episode)
    {
        ArgumentNullException.ThrowIfNull(episode);
        foreach (Trial trial in episode.Trials)
        {
            if (trial.Return is { } after)
            {
                Observe(episode.Id, trial.Number, after);
            }
        }
    }

    /// <summary>An evaluator that judges as the given one does and tells the selector, so that the last trial of an episode is learnt from as well.</summary>
    /// <param name="evaluator">The evaluator of an agent that this selector serves.</param>
    public ITrajectoryEvaluator Watching(ITrajectoryEvaluator evaluator)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        return new WatchedEvaluator(evaluator, (episodeId, score) => Observe(episodeId, null, score));
    }

    /// <summary>What was learnt so far, to be saved (<see cref="SelectorJson"/>) and gone on from.</summary>
    public SelectorState Export() => Learner.Export(RefinementFeatures.Names) with { Open = Log.Open };

    private void Observe(string episodeId, int? trial, double score)
    {
        if (Log.Complete(episodeId, trial, score) is { } rewarded)
        {
            Learner.Learn(rewarded);
        }
    }

    private async ValueTask<(ActorPrompt Prompt, string Text)[]> WriteAsync(RetrospectiveContext context, CancellationToken cancellationToken)
    {
        ActorPrompt[] prompts = await Task.WhenAll(_writers.Select(writer => writer.RewriteAsync(context, cancellationToken).AsTask())).ConfigureAwait(false);
        return [.. prompts
            .Select(prompt => (prompt, text: AddedText.Of(prompt, context.BasePrompt)))
            .Where(candidate => candidate.text.Length > 0)
            .DistinctBy(candidate => candidate.text, StringComparer.Ordinal)];
    }

    private static int Combine(int one, int other) => unchecked(one * 31 + other);

    private static LlmRetrospectiveModel[] Writers(IChatClient client, SelectorOptions options) =>
        [.. Enumerable.Range(0, options.Candidates).Select(candidate => new LlmRetrospectiveModel(client, Varied(options.Writing, candidate)))];

    private static RetrospectiveOptions Varied(RetrospectiveOptions options, int candidate)
    {
        if (options.ChatOptions?.Seed is not { } seed)
        {
            return options;
        }

        ChatOptions varied = options.ChatOptions.Clone();
        varied.Seed = seed + candidate;
        return options with { ChatOptions = varied };
    }
}
