using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>Every reference model and adapter, read, written in both formats and read again.</summary>
public sealed class GoldensRoundTripTests
{
    [SharedFact("goldens")]
    public async Task Models_and_adapters_come_back_as_they_were()
    {
        string[] cases = Directory.GetDirectories(SharedFolder.PathOf("goldens"));
        cases.Should().NotBeEmpty();
        foreach (string folder in cases)
        {
            using var copy = new TemporaryFolder();
            using SafetensorsFolder model = SafetensorsFolder.Open(folder);
            NamedTensor[] tensors = [.. model.Tensors.Select(tensor => NamedTensor.Of(tensor))];
            await SafetensorsAsync(model.Config, tensors, copy);
            await GgufAsync(model.Config, tensors, copy);
            await AdapterAsync(model.Config, Path.Combine(folder, "adapter"), copy);
        }
    }

    private static async Task SafetensorsAsync(TransformerConfig config, NamedTensor[] tensors, TemporaryFolder copy)
    {
        await SafetensorsFolderWriter.WriteAsync(copy.Path, config, tensors);
        using SafetensorsFolder read = SafetensorsFolder.Open(copy.Path);
        read.Config.Should().Be(config);
        read.Tensors.SelectMany(tensor => tensor.Values()).Should().Equal(tensors.SelectMany(tensor => tensor.Values.ToArray()));
    }

    private static async Task GgufAsync(TransformerConfig config, NamedTensor[] tensors, TemporaryFolder copy)
    {
        await GgufModelWriter.WriteAsync(copy.File("model.gguf"), config, tensors);
        using GgufFile read = GgufFile.Open(copy.File("model.gguf"));
        read.Config.Should().Be(config with { RotaryLayout = read.Config.RotaryLayout });
        foreach (NamedTensor tensor in tensors)
        {
            NamedTensor back = NamedTensor.Of(read.Find(tensor.Name)!, tensor.Name);
            RotaryRows.Convert(back, config.HeadSize, read.Config.RotaryLayout, RotaryLayout.Halves).Values.ToArray().Should().Equal(tensor.Values.ToArray(), tensor.Name);
        }
    }

    private static async Task AdapterAsync(TransformerConfig config, string folder, TemporaryFolder copy)
    {
        PeftAdapter adapter = PeftAdapterFiles.Read(folder, config);
        await PeftAdapterFiles.WriteAsync(copy.File("adapter"), adapter, config);
        PeftAdapter read = PeftAdapterFiles.Read(copy.File("adapter"), config);
        read.Config.Should().BeEquivalentTo(adapter.Config);
        read.Tensors.SelectMany(tensor => tensor.Values.ToArray()).Should().Equal(adapter.Tensors.SelectMany(tensor => tensor.Values.ToArray()));
    }
}
