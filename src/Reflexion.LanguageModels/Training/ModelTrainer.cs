using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>
/// Trains an adapter on a frozen model, or a model itself. It knows no objective: a forward pass gives log-probabilities of the response
/// tokens, the caller writes the loss's gradients on them, a backward pass sums up the parameters' gradients, and an update applies them.
/// </summary>
/// <remarks>
/// Not thread-safe. What is trained is changed in place by <see cref="Update"/>; clone it for a snapshot. The same seed, data and options
/// give the same result to the bit, whatever the number of threads.
/// </remarks>
/// <example>
/// <code>
/// using var trainer = new ModelTrainer(weights, adapter);
/// TrainingPass pass = trainer.Forward(new TrainingBatch(sequences));
/// for (int i = 0; i &lt; pass.Batch.Sequences.Length; i++)
/// {
///     pass.LogProbGradients(i).Fill(-advantages[i] / pass.Batch.ResponseTokenCount);
/// }
///
/// trainer.Backward(pass);
/// UpdateReport report = trainer.Update();
/// </code>
/// </example>
public sealed class ModelTrainer : IDisposable
{
    private readonly TrainingEngine<float> _engine;
    private readonly ModelWeights _model;
    private readonly LoraAdapter? _adapter;
    private readonly TrainerOptions _options;
    private readonly string _description;
    private long _pending;
    private bool _isDisposed;

    /// <summary>Trains an adapter; the model stays as it is, and can serve several trainers at once.</summary>
    /// <param name="model">The model.</param>
    /// <param name="adapter">What is trained, in place.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">The adapter was made for a model of another shape, or an option is out of range.</exception>
    public ModelTrainer(ModelWeights model, LoraAdapter adapter, TrainerOptions? options = null)
        : this(model, options, adapter ?? throw new ArgumentNullException(nameof(adapter)))
    {
    }

    /// <summary>Trains all parameters of a model.</summary>
    /// <param name="model">What is trained, in place: a model made by <see cref="ModelWeights.Create"/> or <see cref="ModelWeights.ToTrainable"/>.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">The model lies in a file, or an option is out of range.</exception>
    public ModelTrainer(ModelWeights model, TrainerOptions? options = null)
        : this(model, options, null)
    {
    }

    private ModelTrainer(ModelWeights model, TrainerOptions? options, LoraAdapter? adapter)
    {
        ArgumentNullException.ThrowIfNull(model);
        _options = options ?? new();
        _options.Validate();
        adapter?.EnsureFits(model);
        _model = model;
        _adapter = adapter;
        _description = TrainingDescription.Of(model.Config, adapter?.Options, _options);
        _engine = new(model.Store, adapter?.Store, _options);
    }

    /// <summary>Updates applied so far.</summary>
    public long Step => _engine.Optimizer.Step;

    /// <summary>Computes a batch and keeps what the backward pass needs. The pass before it is gone.</summary>
    /// <param name="batch">The sequences; memory grows with its <see cref="TrainingBatch.TokenCount"/>.</param>
    /// <exception cref="ArgumentException">A token is not in the vocabulary, or a sequence is longer than the model's context.</exception>
    public TrainingPass Forward(TrainingBatch batch)
    {
        Check(batch);
        _pending = 0;
        _engine.Forward(batch);
        _pending = _engine.Passes;
        return new(this, batch, _pending);
    }

    /// <summary>Adds the gradients of a pass to those that wait for the next update. Each pass can go back once.</summary>
    /// <param name="pass">What <see cref="Forward"/> returned last, with gradients written on it.</param>
    /// <exception cref="InvalidOperationException">The pass has gone back already, or another one was computed since.</exception>
    public void Backward(TrainingPass pass)
    {
        EnsureUsable();
        GradientsOf(pass);
        _pending = 0;
        _engine.Backward(pass.Batch);
    }

    /// <summary>Forward and backward over a batch of any size, in parts of at most <see cref="TrainerOptions.MaxTokensPerPass"/> tokens.</summary>
    /// <param name="batch">The sequences.</param>
    /// <param name="objective">Writes the gradients of a part; <see cref="TrainingBatch.Places"/> says which sequences it holds. Divide by totals of the whole batch.</param>
    /// <exception cref="ArgumentException">A token is not in the vocabulary, or one sequence is longer than the context or the limit.</exception>
    public void Accumulate(TrainingBatch batch, Action<TrainingPass> objective)
    {
        Check(batch);
        ArgumentNullException.ThrowIfNull(objective);
        foreach (TrainingBatch part in batch.Split(_options.MaxTokensPerPass))
        {
            TrainingPass pass = Forward(part);
            objective(pass);
            Backward(pass);
        }
    }

    /// <summary>Throws away the gradients summed up since the last update, of a batch that failed half-way for instance.</summary>
    public void DiscardGradients()
    {
        EnsureUsable();
        _engine.ForgetGradients();
        _pending = 0;
    }

    /// <summary>Applies the gradients summed up since the last update, and forgets them.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public UpdateReport Update()
    {
        EnsureUsable();
        return _engine.HasGradients
            ? _engine.Update()
            : throw new InvalidOperationException($"There are no gradients to apply; call {nameof(Forward)} and {nameof(Backward)} first.");
    }

    /// <summary>Scores sequences without training: no dropout, nothing is kept. A pass that has not gone back yet stays valid.</summary>
    /// <param name="batch">The sequences, any number.</param>
    /// <param name="withAdapter">False for the frozen model alone, the reference that a KL penalty is measured against. Default: true.</param>
    /// <returns>A score for each sequence.</returns>
    /// <exception cref="ArgumentException">A token is not in the vocabulary, or one sequence is longer than the context or <see cref="TrainerOptions.MaxTokensPerPass"/>.</exception>
    public ImmutableArray<SequenceScore> Score(TrainingBatch batch, bool withAdapter = true)
    {
        Check(batch);
        var scores = new SequenceScore[batch.Sequences.Length];
        using var numbers = new TokenScores<float>();
        foreach (TrainingBatch part in batch.Split(_options.MaxTokensPerPass))
        {
            _engine.Score(part, withAdapter, numbers);
            for (int i = 0; i < part.Sequences.Length; i++)
            {
                Range range = part.PredictionsOf(i);
                scores[part.Places[i]] = new([.. numbers.LogProbs[range]], [.. numbers.Entropies[range]], [.. numbers.Values[range]]);
            }
        }

        return [.. scores];
    }

    /// <summary>Writes all that is needed to go on exactly from here: parameters, moments, numbers of updates and passes. The file appears whole or not at all.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="InvalidOperationException">Gradients wait for an update.</exception>
    public Task SaveCheckpointAsync(string path, CancellationToken cancellationToken = default)
    {
        EnsureUsable();
        ArgumentException.ThrowIfNullOrEmpty(path);
        return _engine.HasGradients
            ? throw new InvalidOperationException($"Gradients wait for an update, and a checkpoint does not hold them; call {nameof(Update)} first, or {nameof(DiscardGradients)}.")
            : CheckpointFile.WriteAsync(path, _engine, _description, cancellationToken);
    }

    /// <summary>Takes over a state that <see cref="SaveCheckpointAsync"/> wrote; what is trained changes in place, and goes on to the same bits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the checks before numbers are taken over.</param>
    /// <exception cref="CheckpointException">The file is damaged, of another version, or of a training with other shapes, options, seed or data. Nothing was changed.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public async Task LoadCheckpointAsync(string path, CancellationToken cancellationToken = default)
    {
        EnsureUsable();
        ArgumentException.ThrowIfNullOrEmpty(path);
        await CheckpointFile.ReadAsync(path, _engine, _description, cancellationToken).ConfigureAwait(false);
        _engine.Parameters.MarkChanged();
        _engine.ForgetGradients();
        _pending = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _engine.Dispose();
        }
    }

    internal TokenScores<float> ScoresOf(TrainingPass pass)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return pass.IsOf(this) && pass.Number == _engine.Passes
            ? _engine.Scores
            : throw new InvalidOperationException("The trainer has computed another pass since, and this one's numbers are gone; copy what is needed later.");
    }

    internal TokenScores<float> GradientsOf(TrainingPass pass)
    {
        ScoresOf(pass);
        return pass.Number == _pending
            ? _engine.ScoreGradients
            : throw new InvalidOperationException("This pass has gone back already; call Forward again to go back again.");
    }

    private void Check(TrainingBatch batch)
    {
        EnsureUsable();
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Tokens.Longest + 1 > _model.Config.ContextLength)
        {
            throw new ArgumentException($"A sequence is longer than the model's context of {_model.Config.ContextLength} tokens; shorten it.", nameof(batch));
        }

        foreach (TrainingSequence sequence in batch.Sequences)
        {
            CheckIds(sequence.Prompt.AsSpan());
            CheckIds(sequence.Response.AsSpan());
        }
    }

    private void EnsureUsable()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _ = _model.Store;
        _ = _adapter?.Store;
    }

    private void CheckIds(ReadOnlySpan<int> ids)
    {
        foreach (int id in ids)
        {
            if ((uint)id >= (uint)_model.Config.VocabularySize)
            {
                throw new ArgumentException($"The token {id} is not in the model's vocabulary of {_model.Config.VocabularySize}; encode the text with the model's own tokenizer.", nameof(ids));
            }
        }
    }
}
