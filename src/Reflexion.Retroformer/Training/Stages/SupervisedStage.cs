using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>The first stage: the retrospective model imitates refinements that helped (Yao et al. 2023, section 4.3, supervised fine-tuning on positively rated samples).</summary>
/// <remarks>The adapter is changed in place.</remarks>
public sealed class SupervisedStage
{
    private readonly LanguageModel _model;
    private readonly LoraAdapter _adapter;
    private readonly SupervisedOptions _options;

    /// <summary>Creates a stage.</summary>
    /// <param name="model">The model whose weights the adapter belongs to; they stay as they are.</param>
    /// <param name="adapter">What is trained, in place.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public SupervisedStage(LanguageModel model, LoraAdapter adapter, SupervisedOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(adapter);
        (_model, _adapter) = (model, adapter);
        _options = (options ?? new()).Validate();
    }

    /// <summary>Trains on the positively rated ones of some experiences.</summary>
    /// <param name="experiences">The experiences; at least one is positively rated.</param>
    /// <param name="progress">Told of each step; null for nobody.</param>
    /// <param name="cancellationToken">Ends training between two steps.</param>
    /// <exception cref="ArgumentException">None is positively rated, or one has no tokens.</exception>
    /// <exception cref="CheckpointException">The checkpoint is damaged, or of a training on other samples, as where another <see cref="SupervisedOptions.MinGain"/> chose them, or with other options.</exception>
    public async Task<SupervisedReport> RunAsync(
        IEnumerable<Experience> experiences, IProgress<SupervisedStep>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(experiences);
        Experience[] all = [.. experiences];
        TrainingSequence[] rated = [.. all.Where(experience => (experience.Gain ?? experience.DeltaG) > _options.MinGain).Select(Encode)];
        SupervisedReport report = await RunAsync(rated, progress, cancellationToken).ConfigureAwait(false);
        return report with { LeftOut = all.Length - rated.Length };
    }

    /// <summary>Trains on demonstrations, whoever wrote them.</summary>
    /// <param name="demonstrations">Prompts and the refinements to imitate; at least one.</param>
    /// <param name="progress">Told of each step; null for nobody.</param>
    /// <param name="cancellationToken">Ends training between two steps.</param>
    /// <exception cref="ArgumentException">There are none, or one is too long.</exception>
    /// <exception cref="CheckpointException">The checkpoint is damaged, or of a training on other samples or with other options. Nothing was changed.</exception>
    public async Task<SupervisedReport> RunAsync(
        IReadOnlyList<TrainingSequence> demonstrations, IProgress<SupervisedStep>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(demonstrations);
        if (demonstrations.Count == 0)
        {
            throw new ArgumentException("There is nothing to imitate: no refinement was positively rated. Collect more, or lower the gain asked for.", nameof(demonstrations));
        }

        using var trainer = new ModelTrainer(_model.Weights, _adapter, _options.Trainer with { Data = TrainingFingerprint.Of(demonstrations, _options) });
        if (File.Exists(_options.CheckpointPath))
        {
            await trainer.LoadCheckpointAsync(_options.CheckpointPath, cancellationToken).ConfigureAwait(false);
        }

        double before = Loss(trainer, demonstrations);
        var steps = new SampleSteps(demonstrations.Count, _options.SamplesPerStep, _options.Epochs, new(_options.Seed));
        for (long step = trainer.Step; step < steps.Count; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double loss = Step(trainer, [.. steps.At(step).Select(i => demonstrations[i])]);
            progress?.Report(new(step + 1, steps.Count, loss));
            if (_options.CheckpointPath is { } path && ((step + 1) % _options.CheckpointEvery == 0 || step + 1 == steps.Count))
            {
                await trainer.SaveCheckpointAsync(path, cancellationToken).ConfigureAwait(false);
            }
        }

        return new(demonstrations.Count, 0, trainer.Step, before, Loss(trainer, demonstrations));
    }

    private TrainingSequence Encode(Experience experience) => _options.Encode?.Invoke(experience)
        ?? (experience.PromptIds.IsEmpty || experience.RefinementIds.IsEmpty
            ? throw new ArgumentException(
                $"The experience of trial {experience.Trial} of '{experience.EpisodeId}' has no tokens; set {nameof(SupervisedOptions)}.{nameof(SupervisedOptions.Encode)} to make them from its text.",
                nameof(experience))
            : new(experience.PromptIds, experience.RefinementIds));

    private static double Step(ModelTrainer trainer, TrainingSequence[] samples)
    {
        var batch = new TrainingBatch(samples);
        LossTerm loss = default;
        trainer.Accumulate(batch, pass =>
        {
            for (int i = 0; i < pass.Batch.Sequences.Length; i++)
            {
                loss += PolicyLoss.Likelihood(pass.LogProbs(i), 1.0 / batch.ResponseTokenCount, pass.LogProbGradients(i));
            }
        });
        trainer.Update();
        return loss.Mean;
    }

    private static double Loss(ModelTrainer trainer, IReadOnlyList<TrainingSequence> samples)
    {
        ImmutableArray<SequenceScore> scores = trainer.Score(new(samples));
        return -scores.Sum(score => score.LogProbs.Sum(logProb => (double)logProb)) / scores.Sum(score => score.LogProbs.Length);
    }
}
