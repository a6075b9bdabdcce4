namespace Reflexion.LanguageModels;

/// <summary>What a forward pass gave, and where the gradients on it are written before <see cref="ModelTrainer.Backward"/>.</summary>
/// <remarks>Its numbers lie in the trainer's memory and are gone with the trainer's next forward pass; using them later throws.</remarks>
public readonly struct TrainingPass : IEquatable<TrainingPass>
{
    private readonly ModelTrainer? _trainer;
    private readonly TrainingBatch? _batch;

    internal TrainingPass(ModelTrainer trainer, TrainingBatch batch, long number)
    {
        _trainer = trainer;
        _batch = batch;
        Number = number;
    }

    /// <summary>What was computed.</summary>
    public TrainingBatch Batch => _batch ?? throw new InvalidOperationException("This pass was never computed; use what ModelTrainer.Forward returns.");

    internal long Number { get; }

    private ModelTrainer Trainer => _trainer ?? throw new InvalidOperationException("This pass was never computed; use what ModelTrainer.Forward returns.");

    /// <summary>ln p of each response token of a sequence, under softmax(logits / temperature).</summary>
    /// <param name="sequence">The index of the sequence in the batch.</param>
    /// <exception cref="InvalidOperationException">The trainer has computed another pass since.</exception>
    public ReadOnlySpan<float> LogProbs(int sequence) => Trainer.ScoresOf(this).LogProbs[Batch.PredictionsOf(sequence)];

    /// <summary>−Σ p ln p over the vocabulary at each response token of a sequence, in nats.</summary>
    /// <inheritdoc cref="LogProbs"/>
    public ReadOnlySpan<float> Entropies(int sequence) => Trainer.ScoresOf(this).Entropies[Batch.PredictionsOf(sequence)];

    /// <summary>What the value head says before each response token of a sequence; zeros without a value head.</summary>
    /// <inheritdoc cref="LogProbs"/>
    public ReadOnlySpan<float> Values(int sequence) => Trainer.ScoresOf(this).Values[Batch.PredictionsOf(sequence)];

    /// <summary>Where the loss's derivative with respect to each log-probability goes; zeros at first.</summary>
    /// <inheritdoc cref="LogProbs"/>
    public Span<float> LogProbGradients(int sequence) => Trainer.GradientsOf(this).LogProbs[Batch.PredictionsOf(sequence)];

    /// <summary>Where the loss's derivative with respect to each entropy goes; zeros at first.</summary>
    /// <inheritdoc cref="LogProbs"/>
    public Span<float> EntropyGradients(int sequence) => Trainer.GradientsOf(this).Entropies[Batch.PredictionsOf(sequence)];

    /// <summary>Where the loss's derivative with respect to each value goes; zeros at first.</summary>
    /// <inheritdoc cref="LogProbs"/>
    public Span<float> ValueGradients(int sequence) => Trainer.GradientsOf(this).Values[Batch.PredictionsOf(sequence)];

    /// <summary>Whether the two are the same pass.</summary>
    public static bool operator ==(TrainingPass left, TrainingPass right) => left.Equals(right);

    /// <summary>Whether the two are different passes.</summary>
    public static bool operator !=(TrainingPass left, TrainingPass right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(TrainingPass other) => ReferenceEquals(_trainer, other._trainer) && Number == other.Number;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TrainingPass other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_trainer, Number);

    internal bool IsOf(ModelTrainer trainer) => ReferenceEquals(_trainer, trainer);
}
