using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>Numbers in memory, seen as a model file. They stay their owner's.</summary>
internal sealed unsafe class BlockSource(TransformerConfig config, ParameterBlock<float> block) : IModelSource
{
    public string Name => "the model in memory";

    public TransformerConfig Config => config;

    public StoredTensor? Find(string name)
    {
        if (!block.Slots.Any(slot => slot.Name == name))
        {
            return null;
        }

        Matrix<float> values = block[name];
        ImmutableArray<long> shape = values.Rows == 1 ? [values.Columns] : [values.Rows, values.Columns];
        return new(name, StorageType.F32, shape, (byte*)values.Pointer, (long)values.Rows * values.Columns * sizeof(float));
    }

    public void Dispose()
    {
    }
}
