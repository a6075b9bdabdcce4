namespace Reflexion.LanguageModels;

/// <summary>Writes a model as Hugging Face's tools read it.</summary>
internal static class SafetensorsFolderWriter
{
    /// <summary>Writes <c>model.safetensors</c> and then <c>config.json</c>, each whole or not at all. Tokenizer files are the caller's.</summary>
    /// <param name="folder">Made if it is not there.</param>
    /// <param name="config">The model's shape; rows in another rotary layout are put into Hugging Face's.</param>
    /// <param name="tensors">All of the model's tensors, under Hugging Face's names.</param>
    /// <param name="type">F32, F16 or BF16.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task WriteAsync(
        string folder, TransformerConfig config, IReadOnlyList<NamedTensor> tensors, StorageType type = StorageType.F32, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(tensors);
        NamedTensor[] written = [.. tensors.Select(tensor => RotaryRows.Convert(tensor, config.HeadSize, config.RotaryLayout, RotaryLayout.Halves))];
        await SafetensorsWriter.WriteAsync(Path.Combine(folder, SafetensorsFolder.SingleFile), written, type, cancellationToken).ConfigureAwait(false);
        await JsonFile.WriteAsync(Path.Combine(folder, HuggingFaceConfig.FileName), json => HuggingFaceConfig.Write(json, config, type), cancellationToken).ConfigureAwait(false);
    }
}
