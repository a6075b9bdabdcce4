using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>Trains an adapter on a frozen model, or the model itself: forward, backward, update.</summary>
internal sealed unsafe class TrainingEngine<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Logits of 512 rows over 49,152 tokens: 96 MB in single precision.
    private const long MostLogits = 24 << 20;

    private readonly ModelStore<T> _model;
    private readonly AdapterStore<T>? _adapter;
    private readonly TrainerOptions _options;
    private readonly WorkerPool _pool;
    private readonly Transformer<T> _transformer;
    private readonly OutputHead<T> _head;
    private readonly Activations<T> _activations;
    private readonly GrowingBuffer<T> _finalGradient = new();
    private readonly TransformerTensors<T>? _weightGradients;
    private readonly AdapterTensors<T>? _adapterGradients;
    private readonly OutputHead<T> _scoringHead;
    private readonly Activations<T> _unsaved;
    private PassTensors<T> _tensors;

    /// <param name="model">The model; of its own numbers if there is no adapter.</param>
    /// <param name="adapter">What is trained, or null to train the model.</param>
    /// <param name="options">How.</param>
    /// <param name="mostLogits">The most logits held at a time.</param>
    public TrainingEngine(ModelStore<T> model, AdapterStore<T>? adapter, TrainerOptions options, long mostLogits = MostLogits)
    {
        _model = model;
        _adapter = adapter;
        _options = options;
        Parameters = adapter?.Block ?? model.Block ?? throw new ArgumentException("The model lies in a file that is only read; copy it to train it.", nameof(model));
        Gradients = Parameters.EmptyCopy();
        if (adapter is null)
        {
            _weightGradients = new(model.Config, Gradients);
        }
        else
        {
            _adapterGradients = new(model.Config, adapter.Options, Gradients);
        }

        _pool = new(options.Threads);
        _transformer = new(model.Config, _pool);
        _head = new(model.Config, _pool, mostLogits);
        _scoringHead = new(model.Config, _pool, Math.Min(mostLogits, MostLogits / 8));
        _activations = new(model.Config, options.RecomputeFeedForward ? ActivationSaving.WithoutFeedForward : ActivationSaving.Full);
        _unsaved = new(model.Config, ActivationSaving.None);
        Optimizer = new(Parameters, options.Optimizer, options.Schedule);
    }

    /// <summary>What is trained.</summary>
    public ParameterBlock<T> Parameters { get; }

    /// <summary>The sum of gradients since the last update.</summary>
    public ParameterBlock<T> Gradients { get; }

    public Optimizer<T> Optimizer { get; }

    /// <summary>Forward passes so far; distinguishes their dropout.</summary>
    public long Passes { get; set; }

    /// <summary>Whether gradients wait for an update.</summary>
    public bool HasGradients { get; private set; }

    /// <summary>What the last forward pass gave.</summary>
    public TokenScores<T> Scores { get; } = new();

    /// <summary>The gradients on it, zero at first.</summary>
    public TokenScores<T> ScoreGradients { get; } = new();

    /// <summary>Computes a batch and keeps what the backward pass needs.</summary>
    public void Forward(TrainingBatch batch)
    {
        Passes++;
        double rate = _adapter?.Options.Dropout ?? 0;
        _tensors = new(_model.Tensors, _adapter?.Tensors, new(rate, CounterRandom.Mix(_options.Seed) + (ulong)Passes), _weightGradients, _adapterGradients);
        Compute(_tensors, batch, _activations, _head, Scores);
        ScoreGradients.Prepare(batch.ResponseTokenCount);
    }

    /// <summary>Adds the gradients of the last forward pass.</summary>
    public void Backward(TrainingBatch batch)
    {
        Matrix<T> gradient = _finalGradient.Take(batch.TokenCount, _model.Config.HiddenSize);
        _head.Backward(_tensors, _activations.Final, batch.Predictions, Scores, ScoreGradients, gradient);
        _transformer.Backward(_tensors, batch.Tokens, _activations, gradient);
        HasGradients = true;
    }

    /// <summary>Scores a batch without keeping anything and without dropout.</summary>
    public void Score(TrainingBatch batch, bool withAdapter, TokenScores<T> scores)
    {
        Compute(new(_model.Tensors, withAdapter ? _adapter?.Tensors : null), batch, _unsaved, _scoringHead, scores);
    }

    /// <summary>Logits of every position of one sequence [tokens, vocabulary], until the next call.</summary>
    public Matrix<T> Logits(ReadOnlySpan<int> ids, bool withAdapter)
    {
        PassTensors<T> tensors = new(_model.Tensors, withAdapter ? _adapter?.Tensors : null);
        _transformer.Forward(tensors, PackedTokens.Of(ids), _unsaved);
        return _scoringHead.AllLogits(tensors, _unsaved.Final);
    }

    public UpdateReport Update()
    {
        UpdateReport report = Optimizer.Update(_pool, Gradients);
        Parameters.MarkChanged();
        ForgetGradients();
        return report;
    }

    public void ForgetGradients()
    {
        Gradients.Clear();
        HasGradients = false;
    }

    public void Dispose()
    {
        _pool.Dispose();
        _transformer.Dispose();
        _head.Dispose();
        _scoringHead.Dispose();
        _activations.Dispose();
        _unsaved.Dispose();
        _finalGradient.Dispose();
        Gradients.Dispose();
        Optimizer.Dispose();
        Scores.Dispose();
        ScoreGradients.Dispose();
    }

    private void Compute(in PassTensors<T> tensors, TrainingBatch batch, Activations<T> activations, OutputHead<T> head, TokenScores<T> scores)
    {
        scores.Prepare(batch.ResponseTokenCount);
        _transformer.Forward(tensors, batch.Tokens, activations);
        head.Forward(tensors, activations.Final, batch.Predictions, scores);
    }
}
