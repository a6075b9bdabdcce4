using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>An adapter's numbers, and the layers' views of them.</summary>
internal sealed unsafe class AdapterStore<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public AdapterStore(TransformerConfig config, LoraOptions options)
    {
        Config = config;
        Options = options;
        Block = new(AdapterNames.All(config, options));
        Tensors = new(config, options, Block);
    }

    public TransformerConfig Config { get; }

    public LoraOptions Options { get; }

    public ParameterBlock<T> Block { get; }

    public AdapterTensors<T> Tensors { get; }

    /// <summary>A new adapter, which changes nothing yet: A spread evenly over ±1/√inputs, B and the value head 0.</summary>
    public static AdapterStore<T> Random(TransformerConfig config, LoraOptions options, ulong seed)
    {
        var store = new AdapterStore<T>(config, options);
        long place = 0;
        foreach (TensorSlot slot in store.Block.Slots.Where(slot => slot.Name.EndsWith(AdapterNames.SuffixA, StringComparison.Ordinal)))
        {
            Matrix<T> a = store.Block[slot.Name];
            double bound = 1 / Math.Sqrt(slot.Columns);
            for (long i = 0; i < slot.Length; i++)
            {
                a.Pointer[i] = T.CreateTruncating(bound * CounterRandom.Signed(seed, place++));
            }
        }

        return store;
    }

    public void Dispose() => Block.Dispose();
}
