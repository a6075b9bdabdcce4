namespace Reflexion.LanguageModels;

/// <summary>A low-rank change to a model's matrices, small enough to be trained, stored and exchanged alone (LoRA; Hu et al. 2021).</summary>
/// <remarks>Several adapters can be used over one model at once. An adapter that is being trained changes in place; <see cref="Clone"/> keeps a snapshot.</remarks>
public sealed class LoraAdapter : IDisposable
{
    private readonly AdapterStore<float> _store;
    private bool _isDisposed;

    private LoraAdapter(AdapterStore<float> store) => _store = store;

    /// <summary>Its shape.</summary>
    public LoraOptions Options => _store.Options;

    /// <summary>How many numbers it has.</summary>
    public long ParameterCount => _store.Block.Length;

    /// <summary>SHA-256 of its shape and numbers, in lower-case hexadecimal: tells which state of an adapter something was sampled with.</summary>
    public string Hash => AdapterHash.Of(Store);

    internal AdapterStore<float> Store
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _store;
        }
    }

    /// <summary>A new adapter, which changes nothing yet: A is spread evenly over ±1/√inputs, B and the value head are 0.</summary>
    /// <param name="model">The model it is for.</param>
    /// <param name="options">Its shape; null for the default.</param>
    /// <param name="seed">Decides A.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static LoraAdapter Create(ModelWeights model, LoraOptions? options = null, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        return CreateFor(model.Config, options, seed);
    }

    /// <summary>Reads an adapter in PEFT's layout, and the value head beside it if there is one.</summary>
    /// <param name="model">The model it is for.</param>
    /// <param name="folder">Where <c>adapter_config.json</c> and <c>adapter_model.safetensors</c> are.</param>
    /// <exception cref="ModelFormatException">A file is damaged, asks for what is not supported, or does not fit the model.</exception>
    /// <exception cref="IOException">A file is not there or cannot be read.</exception>
    public static LoraAdapter Load(ModelWeights model, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        return LoadFor(model.Config, folder);
    }

    /// <summary>Writes <c>adapter_config.json</c> and <c>adapter_model.safetensors</c> as PEFT reads them, and <c>value_head.safetensors</c>; each file whole or not at all.</summary>
    /// <param name="folder">Made if it is not there.</param>
    /// <param name="baseModel">What the configuration names as the model, or null.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task SaveAsync(string folder, string? baseModel = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return AdapterFiles.WriteAsync(folder, Store, baseModel, cancellationToken);
    }

    /// <summary>The same adapter in memory of its own.</summary>
    public LoraAdapter Clone()
    {
        var store = new AdapterStore<float>(Store.Config, Options);
        store.Block.CopyFrom(Store.Block);
        return new(store);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _store.Dispose();
    }

    internal static LoraAdapter CreateFor(TransformerConfig config, LoraOptions? options, ulong seed)
    {
        options ??= new();
        options.Validate();
        return new(AdapterStore<float>.Random(config, options, seed));
    }

    internal static LoraAdapter LoadFor(TransformerConfig config, string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return new(AdapterFiles.Read(folder, config));
    }

    internal void EnsureFits(ModelWeights model) => EnsureFits(model.Config, nameof(model));

    internal void EnsureFits(TransformerConfig config, string parameter)
    {
        if (!Store.Block.Slots.SequenceEqual(AdapterNames.All(config, Options)) || Store.Config.RotaryLayout != config.RotaryLayout)
        {
            throw new ArgumentException("The adapter was made for a model of another shape; create or load it with this model.", parameter);
        }
    }
}
