namespace Reflexion.LanguageModels;

/// <summary>The weights of a Llama-architecture model: mapped from a file and only read, or numbers in memory that can be trained.</summary>
public sealed class ModelWeights : IDisposable
{
    private readonly ModelStore<float> _store;
    private readonly Func<IModelSource>? _reopen;
    private readonly bool _isLent;
    private bool _isDisposed;

    private ModelWeights(ModelStore<float> store, Func<IModelSource>? reopen, bool isLent = false) => (_store, _reopen, _isLent) = (store, reopen, isLent);

    /// <summary>The model's shape.</summary>
    public TransformerConfig Config => _store.Config;

    /// <summary>Whether the weights can be trained: they are numbers in memory, not a mapped file.</summary>
    public bool IsTrainable => _store.Block is not null;

    internal ModelStore<float> Store
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _store;
        }
    }

    /// <summary>Maps a GGUF file or a folder of Hugging Face's layout. Matrices stay where they lie, quantised if they are, and are turned into floats where they are used.</summary>
    /// <param name="path">The file, or the folder of <c>config.json</c> and <c>model.safetensors</c> (or its shards).</param>
    /// <exception cref="ModelFormatException">The file holds no model that is supported.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static ModelWeights Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Of(() => Directory.Exists(path) ? SafetensorsFolder.Open(path) : GgufFile.Open(path));
    }

    /// <summary>New weights to be trained from scratch: matrices spread evenly around zero, norms 1, biases 0.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="seed">Decides the numbers.</param>
    /// <param name="deviation">Standard deviation of the matrices' numbers, above 0. Default: 0.02.</param>
    /// <exception cref="ArgumentException">No model has such a shape, or the deviation is out of range.</exception>
    public static ModelWeights Create(TransformerConfig config, ulong seed, double deviation = 0.02) => New(config, seed, deviation, isLent: false);

    /// <summary>As <see cref="Create"/>; lent weights are freed by their owner only.</summary>
    internal static ModelWeights New(TransformerConfig config, ulong seed, double deviation, bool isLent)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (!(double.IsFinite(deviation) && deviation > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "A standard deviation is a finite number above 0.");
        }

        return new(ModelStore<float>.Random(Possible(config), seed, deviation), null, isLent);
    }

    /// <summary>A copy in memory that can be trained.</summary>
    public ModelWeights ToTrainable()
    {
        if (_reopen is not null)
        {
            using IModelSource source = _reopen();
            return new(ModelStore<float>.Copy(source), null);
        }

        var block = new ParameterBlock<float>(Store.Block!.Slots);
        block.CopyFrom(Store.Block);
        return new(new(Config, block), null);
    }

    /// <summary>Writes <c>config.json</c> and <c>model.safetensors</c> as Hugging Face's tools read them; each file whole or not at all.</summary>
    /// <param name="folder">Made if it is not there.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="InvalidOperationException">The weights lie in a file already; copy that, or save what <see cref="ToTrainable"/> gives.</exception>
    public Task SaveAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ParameterBlock<float> block = Store.Block
            ?? throw new InvalidOperationException($"The weights lie in a file already; copy that, or save what {nameof(ToTrainable)} gives.");
        return SafetensorsFolderWriter.WriteAsync(folder, Config, [.. block.Slots.Select(block.Copy)], StorageType.F32, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Those of a <see cref="LanguageModel"/> live as long as it does; disposing them does nothing.</remarks>
    public void Dispose()
    {
        if (!_isLent)
        {
            Release();
        }
    }

    /// <summary>Frees the weights, whoever was lent them.</summary>
    internal void Release()
    {
        _isDisposed = true;
        _store.Dispose();
    }

    private static TransformerConfig Possible(TransformerConfig config)
    {
        try
        {
            return ConfigLimits.Checked("the configuration", config);
        }
        catch (ModelFormatException exception)
        {
            throw new ArgumentException(exception.Message, nameof(config), exception);
        }
    }

    internal static ModelWeights Of(Func<IModelSource> open, bool isLent = false)
    {
        IModelSource source = open();
        try
        {
            return new(new ModelStore<float>(source), open, isLent);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }
}
