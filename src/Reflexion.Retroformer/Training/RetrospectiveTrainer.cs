using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>
/// Trains the retrospective model by policy gradient on the change in return that its refinements cause (Yao et al. 2023, section 4.3): collect failures,
/// score K refinements for each beside a retry without one, update.
/// </summary>
/// <remarks>
/// Not thread-safe. The adapter is changed in place; the reference policy is the adapter as it was when training began. With a held-out source, training ends with the
/// weights of the last policy that passed the <see cref="PromotionGate"/>, to the bit; without one, with the last weights.
/// </remarks>
/// <example>
/// <code>
/// using var trainer = new RetrospectiveTrainer(model, adapter, source, heldOut, new() { Updates = 100, CheckpointFolder = "training" });
/// RetrospectiveTrainingResult result = await trainer.RunAsync(new Progress&lt;TrainingProgress&gt;(Console.WriteLine));
/// await adapter.SaveAsync("adapter");
/// </code>
/// </example>
public sealed class RetrospectiveTrainer : IDisposable
{
    private readonly TrainingParts _parts;

    /// <summary>Creates a trainer.</summary>
    /// <param name="model">What samples refinements, and whose weights the adapter is trained over; they stay as they are.</param>
    /// <param name="adapter">What is trained, in place. PPO and A2C need one with a value head.</param>
    /// <param name="source">Where failures come from.</param>
    /// <param name="heldOut">Where held-out failures come from; null trains without evaluation and gate, and keeps the last weights.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="rewardModel">What scores refinements in place of retries, or null for retries. Held-out evaluations always retry. Not disposed with the trainer.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the adapter does not fit.</exception>
    public RetrospectiveTrainer(
        LanguageModel model, LoraAdapter adapter, IRolloutSource source, IRolloutSource? heldOut = null, RetrospectiveTrainerOptions? options = null,
        RewardModel? rewardModel = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(adapter);
        ArgumentNullException.ThrowIfNull(source);
        options ??= new();
        options.Validate();
        if (ReferenceEquals(source, heldOut))
        {
            throw new ArgumentException("The held-out source is the training source; give it tasks of its own, or the gate certifies what was learnt by heart.", nameof(heldOut));
        }

        if (options.Objective.NeedsValues())
        {
            RewardSequence.EnsureHead(adapter);
        }

        _parts = new(model, adapter, source, heldOut, options, rewardModel);
    }

    /// <summary>Trains until all updates are made or an early stop holds; goes on from the checkpoint where there is one.</summary>
    /// <param name="progress">Told of each update, evaluation and the end; null for nobody.</param>
    /// <param name="cancellationToken">Ends training between two steps; what the last checkpoint holds is kept.</param>
    /// <exception cref="CheckpointException">The checkpoint is damaged, or of a training with other options.</exception>
    /// <exception cref="InvalidOperationException">The held-out source has no failures, or a source returned what is no return.</exception>
    public async Task<RetrospectiveTrainingResult> RunAsync(IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        TrainingRun run = await TrainingRun.OpenAsync(_parts, progress, cancellationToken).ConfigureAwait(false);
        await using (run.ConfigureAwait(false))
        {
            while (!run.HasEnded)
            {
                ImmutableArray<RefinementGroup> groups = await run.CollectAsync(cancellationToken).ConfigureAwait(false);
                ScoredBatch batch = run.Score(groups);
                if (!run.HasEnded)
                {
                    await run.UpdateAsync(groups, batch, cancellationToken).ConfigureAwait(false);
                    await run.EvaluateAsync(cancellationToken).ConfigureAwait(false);
                    await run.SaveAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            return await run.EndAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Makes one update from recorded experience, from a journal for instance. Refinements for one prompt form a group; those of other weights are rejected or weighted, as the
    /// options say.
    /// </summary>
    /// <param name="experiences">What was recorded, with token ids, sampled at the options' temperature without truncation.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <returns>The figures; the time it took to collect is zero.</returns>
    /// <exception cref="ArgumentException">An experience has no tokens, or as many log-probabilities.</exception>
    public UpdateMetrics Learn(IEnumerable<Experience> experiences, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(experiences);
        ImmutableArray<RefinementGroup> groups = RefinementGroup.Of(experiences);
        var seeds = new SeedTree(_parts.Options.Seed).At(_parts.Policy.Step);
        ScoredBatch batch = _parts.Scorer.Score(groups, _parts.Adapter.Hash, seeds);
        return _parts.Updater.Update(batch, seeds, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _parts.Dispose();
}
