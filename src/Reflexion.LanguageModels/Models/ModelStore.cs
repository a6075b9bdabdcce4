using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>A model's tensors and the memory they lie in: a mapped file that is only read, or numbers of our own that can be trained.</summary>
internal sealed unsafe class ModelStore<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<IDisposable> _owned = [];

    /// <summary>Reads a model. Matrices stay where they lie, in the form they have there; norms and biases are copied. The store owns the source.</summary>
    public ModelStore(IModelSource source)
    {
        _owned.Add(source);
        Config = source.Config;
        Tensors = new(Config, name => Read(Find(source, name)), name => Convert(Find(source, name)));
    }

    /// <summary>A model of our own numbers.</summary>
    public ModelStore(TransformerConfig config, ParameterBlock<T> block)
    {
        _owned.Add(block);
        Config = config;
        Block = block;
        Tensors = new(config, block);
    }

    public TransformerConfig Config { get; }

    public TransformerTensors<T> Tensors { get; }

    /// <summary>All tensors one after another, or null when they lie in a file.</summary>
    public ParameterBlock<T>? Block { get; }

    /// <summary>A copy in memory of our own.</summary>
    public static ModelStore<T> Copy(IModelSource source)
    {
        var block = new ParameterBlock<T>(TensorNames.All(source.Config));
        foreach (TensorSlot slot in block.Slots)
        {
            Convert(Find(source, slot.Name), block[slot.Name].Pointer);
        }

        return new(source.Config, block);
    }

    /// <summary>New weights: matrices spread evenly around zero, norms 1, biases 0.</summary>
    public static ModelStore<T> Random(TransformerConfig config, ulong seed, double deviation)
    {
        var block = new ParameterBlock<T>(TensorNames.All(config));
        double bound = deviation * Math.Sqrt(3);
        long place = 0;
        foreach (TensorSlot slot in block.Slots)
        {
            T* values = block[slot.Name].Pointer;
            for (long i = 0; i < slot.Length; i++)
            {
                values[i] = slot.Rows > 1 ? T.CreateTruncating(bound * CounterRandom.Signed(seed, place++))
                    : slot.Name.EndsWith(".bias", StringComparison.Ordinal) ? T.Zero : T.One;
            }
        }

        return new(config, block);
    }

    public void Dispose() => _owned.ForEach(owned => owned.Dispose());

    private static StoredTensor Find(IModelSource source, string name) => source.Find(name)
        ?? throw new ModelFormatException(source.Name, $"the tensor '{name}' is missing. Use a complete file of the model; an adapter alone is none.");

    private static int Rows(StoredTensor tensor) => tensor.Shape.Length == 1 ? 1 : (int)tensor.Shape[0];

    private static void Convert(StoredTensor tensor, T* to)
    {
        int columns = (int)tensor.Shape[^1];
        long rowBytes = tensor.ByteCount / Rows(tensor);
        using var row = new NativeBuffer<float>(columns);
        for (int i = 0; i < Rows(tensor); i++)
        {
            Dequantizer.ToSingle(tensor.Type, tensor.Data + (i * rowBytes), row.Pointer, columns);
            for (int j = 0; j < columns; j++)
            {
                to[((long)i * columns) + j] = T.CreateTruncating(row.Pointer[j]);
            }
        }
    }

    private static Weight<T> Read(StoredTensor tensor) => typeof(T) == typeof(float) && tensor.Type == StorageType.F32 && (nint)tensor.Data % sizeof(float) == 0
        ? new(new Matrix<T>((T*)tensor.Data, Rows(tensor), (int)tensor.Shape[^1]))
        : new(new StoredMatrix(tensor.Type, tensor.Data, Rows(tensor), (int)tensor.Shape[^1]));

    private Matrix<T> Convert(StoredTensor tensor)
    {
        var buffer = new NativeBuffer<T>(Rows(tensor) * tensor.Shape[^1]);
        _owned.Add(buffer);
        Convert(tensor, buffer.Pointer);
        return new(buffer.Pointer, Rows(tensor), (int)tensor.Shape[^1]);
    }
}
