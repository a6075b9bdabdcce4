using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>
/// Trains the retrospective model by policy gradient on the change in return that its refinements cause (Yao et al. 2023, section 4.3): collect failures,
/// score K refinements for each beside a retry without one, update.
/// </summary>
/// <remarks>Not thread-safe. The adapter is changed in place. The reference policy is the adapter as it was when training began.</remarks>
public sealed class RetrospectiveTrainer
{
    /// <summary>Creates a trainer.</summary>
    /// <param name="model">What samples refinements, and whose weights the adapter is trained over; they stay as they are.</param>
    /// <param name="adapter">What is trained, in place. Objectives with a value head need one that has it.</param>
    /// <param name="source">Where failures come from.</param>
    /// <param name="heldOut">Where held-out failures come from; null trains without evaluation and gate, and keeps the last weights.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the adapter does not fit.</exception>
    public RetrospectiveTrainer(
        LanguageModel model, LoraAdapter adapter, IRolloutSource source, IRolloutSource? heldOut = null, RetrospectiveTrainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(adapter);
        ArgumentNullException.ThrowIfNull(source);
        _ = heldOut;
        _ = options;
    }

    /// <summary>Trains until all updates are made or an early stop holds; goes on from the checkpoint where there is one.</summary>
    /// <param name="progress">Told of each update, evaluation and the end; null for nobody.</param>
    /// <param name="cancellationToken">Ends training between two steps; what the last checkpoint holds is kept.</param>
    /// <exception cref="CheckpointException">The checkpoint is damaged, or of a training with other options.</exception>
    public Task<RetrospectiveTrainingResult> RunAsync(IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{nameof(RunAsync)} is being written.");
}
