using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>LoRA adapters in the layout of PEFT: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>, rows in Hugging Face's rotary layout.</summary>
internal static class PeftAdapterFiles
{
    public const string TensorFile = "adapter_model.safetensors";

    /// <summary>Reads an adapter.</summary>
    /// <param name="folder">Where the two files are.</param>
    /// <param name="model">The model that it is for; rows of q and k are put into its rotary layout.</param>
    /// <exception cref="ModelFormatException">A file is damaged, asks for what is not supported, or does not fit the model.</exception>
    /// <exception cref="IOException">A file is not there or cannot be read.</exception>
    public static PeftAdapter Read(string folder, TransformerConfig model)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(model);
        PeftAdapterConfig config = PeftConfigFile.Read(Path.Combine(folder, PeftConfigFile.FileName));
        using SafetensorsReader file = SafetensorsReader.Open(Path.Combine(folder, TensorFile));
        (string Name, ImmutableArray<long> Shape)[] expected = [.. PeftNames.Of(model, config)];
        if (file.Tensors.Select(tensor => tensor.Name).Except(expected.Select(tensor => tensor.Name), StringComparer.Ordinal).FirstOrDefault() is { } surplus)
        {
            throw new ModelFormatException(file.Name, $"the tensor '{surplus}' is none of a LoRA adapter of {string.Join(", ", config.TargetModules)} for a model of {model.LayerCount} layers.");
        }

        return new(config, [.. expected.Select(tensor => RotaryRows.Convert(
            ReadTensor(file, tensor.Name, tensor.Shape), model.HeadSize, RotaryLayout.Halves, model.RotaryLayout))]);
    }

    /// <summary>Writes an adapter, each file whole or not at all.</summary>
    /// <param name="folder">Made if it is not there.</param>
    /// <param name="adapter">What the adapter is, and all of its tensors, rows in the model's rotary layout.</param>
    /// <param name="model">The model that it is for.</param>
    /// <param name="type">F32, F16 or BF16.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="ArgumentException">A tensor is missing or has another shape, one is too many, or a number is not finite.</exception>
    public static async Task WriteAsync(
        string folder, PeftAdapter adapter, TransformerConfig model, StorageType type = StorageType.F32, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(adapter);
        ArgumentNullException.ThrowIfNull(model);
        NamedTensor[] tensors = [.. Complete(adapter, model).Select(tensor => RotaryRows.Convert(tensor, model.HeadSize, model.RotaryLayout, RotaryLayout.Halves))];
        await SafetensorsWriter.WriteAsync(Path.Combine(folder, TensorFile), tensors, type, cancellationToken).ConfigureAwait(false);
        await JsonFile.WriteAsync(Path.Combine(folder, PeftConfigFile.FileName), json => PeftConfigFile.Write(json, adapter.Config), cancellationToken).ConfigureAwait(false);
    }

    private static NamedTensor ReadTensor(SafetensorsReader file, string name, ImmutableArray<long> shape)
    {
        StoredTensor stored = file.Find(name) ?? throw new ModelFormatException(file.Name, $"the tensor '{name}' is missing. Does the adapter belong to this model?");
        if (!stored.Shape.SequenceEqual(shape))
        {
            throw new ModelFormatException(file.Name, $"the tensor '{name}' has the shape {TensorShape.Text(stored.Shape)}; {TensorShape.Text(shape)} is expected. Does the adapter belong to this model?");
        }

        NamedTensor tensor = NamedTensor.Of(stored);
        return AreFinite(tensor) ? tensor : throw new ModelFormatException(file.Name, $"the tensor '{name}' has a number that is not finite. The training it comes from diverged; use an earlier adapter.");
    }

    private static IEnumerable<NamedTensor> Complete(PeftAdapter adapter, TransformerConfig model)
    {
        Dictionary<string, NamedTensor> given = adapter.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        (string Name, ImmutableArray<long> Shape)[] expected = [.. PeftNames.Of(model, adapter.Config)];
        if (given.Keys.Except(expected.Select(tensor => tensor.Name), StringComparer.Ordinal).FirstOrDefault() is { } surplus)
        {
            throw new ArgumentException($"The tensor '{surplus}' is none of the adapter's.", nameof(adapter));
        }

        return expected.Select(tensor =>
            !given.TryGetValue(tensor.Name, out NamedTensor? found) ? throw new ArgumentException($"The tensor '{tensor.Name}' is missing.", nameof(adapter))
            : !found.Shape.SequenceEqual(tensor.Shape) ? throw new ArgumentException($"The tensor '{tensor.Name}' has the shape {TensorShape.Text(found.Shape)}; {TensorShape.Text(tensor.Shape)} is expected.", nameof(adapter))
            : !AreFinite(found) ? throw new ArgumentException($"The tensor '{tensor.Name}' has a number that is not finite: the training diverged.", nameof(adapter))
            : found);
    }

    private static bool AreFinite(NamedTensor tensor)
    {
        foreach (float value in tensor.Values.Span)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}
