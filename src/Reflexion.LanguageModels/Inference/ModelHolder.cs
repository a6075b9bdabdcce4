using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>A model's weights in the forms that they are needed in: as stored, packed for inference, and for training.</summary>
internal sealed unsafe class ModelHolder : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Func<IModelSource>? _reopen;
    private readonly IModelSource _source;
    private readonly LanguageModelOptions _options;
    private readonly WorkerPool _pool;
    private ModelWeights? _weights;
    private InferenceWeights _packed;
    private long _packedVersion;
    private (long Version, string Hash)? _hash;
    private bool _isDisposed;

    /// <summary>A model in a file.</summary>
    public ModelHolder(Func<IModelSource> open, LanguageModelOptions options, WorkerPool pool, CancellationToken cancellationToken)
    {
        (_reopen, _options, _pool) = (open, options, pool);
        using (IModelSource source = open())
        {
            _packed = new(source, options.Precision, pool, cancellationToken);
        }

        // Mapped anew, the file takes no memory but for what is read from now on.
        try
        {
            _source = open();
        }
        catch
        {
            _packed.Dispose();
            throw;
        }

        _packed.ReadEmbeddingsFrom(_source);
    }

    /// <summary>A model in memory, which this owns from now on.</summary>
    public ModelHolder(ModelWeights weights, LanguageModelOptions options, WorkerPool pool)
    {
        (_weights, _options, _pool) = (weights, options, pool);
        _source = new BlockSource(weights.Config, weights.Store.Block!);
        _packed = new(_source, options.Precision, pool);
        _packedVersion = Version;
    }

    public TransformerConfig Config => _source.Config;

    /// <summary>The weights as training needs them; those in a file are opened again when first asked for.</summary>
    public ModelWeights Weights
    {
        get
        {
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, typeof(LanguageModel));
                return _weights ??= ModelWeights.Of(_reopen!, isLent: true);
            }
        }
    }

    /// <summary>SHA-256 of the tensors as they are stored.</summary>
    public string Hash
    {
        get
        {
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, typeof(LanguageModel));
                if (_hash?.Version != Version)
                {
                    _hash = (Version, ComputeHash());
                }

                return _hash!.Value.Hash;
            }
        }
    }

    private long Version => _weights?.Store.Block?.Version ?? 0;

    /// <summary>The packed weights; packed again where they were trained since. To be called while nothing is computed.</summary>
    public InferenceWeights Current()
    {
        if (_packedVersion != Version)
        {
            // Read first: what is trained meanwhile is packed the next time.
            long version = Version;
            InferenceWeights packed = new(_source, _options.Precision, _pool);
            _packed.Dispose();
            (_packed, _packedVersion) = (packed, version);
        }

        return _packed;
    }

    /// <summary>All tensors as floats, copied.</summary>
    public List<NamedTensor> Tensors()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(LanguageModel));
            return [.. TensorNames.All(Config).Select(slot => NamedTensor.Of(_source.Find(slot.Name)!, slot.Name))];
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _packed.Dispose();
                _weights?.Release();
                _source.Dispose();
            }
        }
    }

    private string ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (TensorSlot slot in TensorNames.All(Config))
        {
            StoredTensor tensor = _source.Find(slot.Name)!;
            hash.AppendData(Encoding.UTF8.GetBytes($"{slot.Name} {tensor.Type} {slot.Rows} {slot.Columns}\n"));
            for (long start = 0; start < tensor.ByteCount; start += int.MaxValue)
            {
                hash.AppendData(MemoryMarshal.CreateReadOnlySpan(ref *(tensor.Data + start), (int)Math.Min(int.MaxValue, tensor.ByteCount - start)));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
