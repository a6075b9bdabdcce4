using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>A model's tensors in the form that inference reads them: matrices packed, embeddings where they lie.</summary>
internal sealed unsafe class InferenceWeights : IDisposable
{
    private StoredTensor _embedding;
    private readonly NativeBuffer<float> _finalNorm;

    /// <param name="source">The model; stays open as long as this.</param>
    /// <param name="precision">How products are worked out.</param>
    /// <param name="pool">The threads that pack.</param>
    /// <param name="cancellationToken">Ends the packing.</param>
    public InferenceWeights(IModelSource source, ActivationPrecision precision, WorkerPool pool, CancellationToken cancellationToken = default)
    {
        Config = source.Config;
        _embedding = FindIn(source, TensorNames.Embedding);
        var layers = new List<InferenceLayer>();
        try
        {
            for (int layer = 0; layer < Config.LayerCount; layer++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                layers.Add(new(Config, layer, Find, precision, pool));
            }
        }
        catch
        {
            layers.ForEach(layer => layer.Dispose());
            throw;
        }

        Layers = [.. layers];
        Head = PackedWeights.Pack([Find(Config.TiedEmbeddings ? TensorNames.Embedding : TensorNames.Head)], precision, pool);
        _finalNorm = Read(Find(TensorNames.FinalNorm));

        StoredTensor Find(string name) => FindIn(source, name);
    }

    public TransformerConfig Config { get; }

    public ImmutableArray<InferenceLayer> Layers { get; }

    public float* FinalNorm => _finalNorm.Pointer;

    /// <summary>[vocabulary, width].</summary>
    public PackedWeights Head { get; }

    /// <summary>Reads embeddings from the same model opened again; the first source may be closed.</summary>
    public void ReadEmbeddingsFrom(IModelSource source) => _embedding = FindIn(source, TensorNames.Embedding);

    /// <summary>A vector's numbers, copied.</summary>
    public static NativeBuffer<float> Read(StoredTensor vector)
    {
        var values = new NativeBuffer<float>(vector.Shape[^1]);
        Dequantizer.ToSingle(vector.Type, vector.Data, values.Pointer, values.Length);
        return values;
    }

    /// <summary>Writes a token's embedding.</summary>
    public void Embed(int token, float* to)
    {
        long rowBytes = _embedding.ByteCount / _embedding.Shape[0];
        Dequantizer.ToSingle(_embedding.Type, _embedding.Data + (token * rowBytes), to, Config.HiddenSize);
    }

    public void Dispose()
    {
        foreach (InferenceLayer layer in Layers)
        {
            layer.Dispose();
        }

        Head.Dispose();
        _finalNorm.Dispose();
    }

    private static StoredTensor FindIn(IModelSource source, string name) => source.Find(name)
        ?? throw new ModelFormatException(source.Name, $"the tensor '{name}' is missing. Use a complete file of the model; an adapter alone is none.");
}
