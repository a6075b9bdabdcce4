using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>Adapters in PEFT's layout, with the value head in a file beside it, which PEFT leaves alone.</summary>
internal static class AdapterFiles
{
    public const string ValueHeadFile = "value_head.safetensors";

    public static AdapterStore<float> Read(string folder, TransformerConfig config)
    {
        PeftAdapter adapter = PeftAdapterFiles.Read(folder, config);
        string head = Path.Combine(folder, ValueHeadFile);
        var store = new AdapterStore<float>(config, new()
        {
            Rank = adapter.Config.Rank,
            Alpha = adapter.Config.Alpha,
            Dropout = adapter.Config.Dropout,
            IsRankStabilized = adapter.Config.IsRankStabilized,
            Targets = adapter.Config.TargetModules.Aggregate(LoraTargets.None, (all, module) => all | Target(module)),
            HasValueHead = File.Exists(head),
        });
        foreach (NamedTensor tensor in adapter.Tensors)
        {
            store.Block.Fill(tensor);
        }

        if (store.Options.HasValueHead)
        {
            ReadValueHead(head, store.Block);
        }

        return store;
    }

    public static async Task WriteAsync(string folder, AdapterStore<float> store, string? baseModel, CancellationToken cancellationToken)
    {
        LoraOptions options = store.Options;
        PeftAdapterConfig config = new()
        {
            Rank = options.Rank,
            Alpha = options.Alpha,
            Dropout = options.Dropout,
            IsRankStabilized = options.IsRankStabilized,
            TargetModules = [.. PeftAdapterConfig.AllModules.Where(module => options.Targets.HasFlag(Target(module)))],
            BaseModel = baseModel,
        };
        string head = Path.Combine(folder, ValueHeadFile);
        NamedTensor[] tensors = [.. store.Block.Slots.Select(store.Block.Copy)];
        PeftAdapter adapter = new(config, [.. tensors.Where(tensor => !IsOfValueHead(tensor))]);
        await PeftAdapterFiles.WriteAsync(folder, adapter, store.Config, StorageType.F32, cancellationToken).ConfigureAwait(false);
        if (options.HasValueHead)
        {
            await SafetensorsWriter.WriteAsync(head, [.. tensors.Where(IsOfValueHead)], StorageType.F32, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            File.Delete(head);
        }
    }

    private static void ReadValueHead(string path, ParameterBlock<float> block)
    {
        using SafetensorsReader file = SafetensorsReader.Open(path);
        foreach (TensorSlot slot in block.Slots.Where(slot => slot.Name is AdapterNames.ValueHeadWeight or AdapterNames.ValueHeadBias))
        {
            StoredTensor stored = file.Find(slot.Name) ?? throw new ModelFormatException(path, $"the tensor '{slot.Name}' is missing. Was another program's file given this name?");
            NamedTensor tensor = NamedTensor.Of(stored);
            block.Fill(tensor.Values.Length == slot.Length
                ? tensor
                : throw new ModelFormatException(path, $"the tensor '{slot.Name}' has {tensor.Values.Length} numbers; {slot.Length} are expected. Does the adapter belong to this model?"));
        }
    }

    private static bool IsOfValueHead(NamedTensor tensor) => tensor.Name is AdapterNames.ValueHeadWeight or AdapterNames.ValueHeadBias;

    private static LoraTargets Target(string module) => (LoraTargets)(1 << PeftAdapterConfig.AllModules.IndexOf(module));
}
