using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class SafetensorsFolderTests
{
    public static TheoryData<bool, RotaryLayout> Models => new() { { false, RotaryLayout.Halves }, { true, RotaryLayout.Halves }, { false, RotaryLayout.Pairs }, { true, RotaryLayout.Pairs } };

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_model_comes_back_as_it_was_in_Hugging_Faces_layout(bool biased, RotaryLayout layout)
    {
        using var folder = new TemporaryFolder();
        TransformerConfig config = (biased ? SmallModels.Qwen2 : SmallModels.Llama) with { RotaryLayout = layout };
        NamedTensor[] tensors = SmallModels.Tensors(config);

        await SafetensorsFolderWriter.WriteAsync(folder.File("model"), config, tensors);

        using SafetensorsFolder read = SafetensorsFolder.Open(folder.File("model"));
        read.Config.Should().Be(config with { RotaryLayout = RotaryLayout.Halves });
        foreach (NamedTensor tensor in tensors)
        {
            NamedTensor back = RotaryRows.Convert(NamedTensor.Of(read.Find(tensor.Name)!), config.HeadSize, RotaryLayout.Halves, layout);
            back.Values.ToArray().Should().Equal(tensor.Values.ToArray(), tensor.Name);
        }
    }

    [Fact]
    public async Task Shards_are_one_model()
    {
        using TemporaryFolder folder = await ShardedAsync();

        using SafetensorsFolder read = SafetensorsFolder.Open(folder.Path);

        read.Tensors.Should().HaveCount(SmallModels.Tensors(SmallModels.Llama).Length);
        read.Name.Should().Be(folder.Path);
    }

    [Theory]
    [InlineData("""{"weight_map":{"a":"../two.safetensors"}}""", "\"../two.safetensors\"; the name of a safetensors file in the same folder is expected")]
    [InlineData("""{"weight_map":{"a":"two.bin"}}""", "the name of a safetensors file in the same folder is expected")]
    [InlineData("""{"weight_map":{"a":7}}""", "the tensor 'a' is in 7; the name of a safetensors file")]
    [InlineData("""{"weight_map":{"a":"\ud800.safetensors"}}""", "the name of a safetensors file in the same folder is expected")]
    [InlineData("""{"weight_map":{"a":"three.safetensors"}}""", "the file 'three.safetensors' is missing")]
    [InlineData("""{"weight_map":[]}""", "'weight_map' is not an object")]
    [InlineData("""{}""", "'weight_map' is not an object")]
    [InlineData("""[]""", "the file holds no JSON object")]
    [InlineData("""nonsense""", "the file is not JSON")]
    [InlineData("""{"weight_map":{"a":"one.safetensors"}}""", "' is missing. Use a complete file of the model")]
    public async Task A_list_of_shards_that_is_wrong_is_refused(string index, string problem)
    {
        using TemporaryFolder folder = await ShardedAsync();
        await File.WriteAllTextAsync(folder.File("model.safetensors.index.json"), index);

        Opening(folder).Should().Throw<ModelFormatException>().Which.Message.Should().Contain(problem);
    }

    [Fact]
    public async Task A_tensor_in_two_shards_is_refused()
    {
        using TemporaryFolder folder = await ShardedAsync();
        File.Copy(folder.File("one.safetensors"), folder.File("two.safetensors"), overwrite: true);

        Opening(folder).Should().Throw<ModelFormatException>().WithMessage("*'model.embed_tokens.weight' is in two files*");
    }

    [Fact]
    public async Task A_shard_that_is_damaged_is_refused_and_nothing_stays_open()
    {
        using TemporaryFolder folder = await ShardedAsync();
        await File.WriteAllTextAsync(folder.File("two.safetensors"), "damaged");

        Opening(folder).Should().Throw<ModelFormatException>().WithMessage($"{folder.File("two.safetensors")}:*");
    }

    [Fact]
    public async Task A_folder_without_tensors_is_refused()
    {
        using TemporaryFolder folder = await ShardedAsync();
        File.Delete(folder.File("model.safetensors.index.json"));

        Opening(folder).Should().Throw<ModelFormatException>().WithMessage("*neither 'model.safetensors' nor 'model.safetensors.index.json' is there*");
        File.Delete(folder.File("config.json"));
        Opening(folder).Should().Throw<FileNotFoundException>();
    }

    [Fact]
    public async Task A_tensor_of_another_shape_is_refused()
    {
        using var folder = new TemporaryFolder();
        await SafetensorsFolderWriter.WriteAsync(folder.Path, SmallModels.Llama with { VocabularySize = 12 }, SmallModels.Tensors(SmallModels.Llama));

        Opening(folder).Should().Throw<ModelFormatException>().WithMessage("*'model.embed_tokens.weight' has the shape [11, 32]; [12, 32] follows from the model's configuration*");
    }

    private static async Task<TemporaryFolder> ShardedAsync()
    {
        var folder = new TemporaryFolder();
        NamedTensor[] tensors = SmallModels.Tensors(SmallModels.Llama);
        await SafetensorsFolderWriter.WriteAsync(folder.Path, SmallModels.Llama, tensors);
        File.Delete(folder.File("model.safetensors"));
        await SafetensorsWriter.WriteAsync(folder.File("one.safetensors"), tensors[..5]);
        await SafetensorsWriter.WriteAsync(folder.File("two.safetensors"), tensors[5..]);
        await File.WriteAllTextAsync(folder.File("model.safetensors.index.json"), """{"weight_map":{"a":"one.safetensors","b":"two.safetensors","c":"one.safetensors"}}""");
        return folder;
    }

    private static Action Opening(TemporaryFolder folder) => FluentActions.Invoking(() => SafetensorsFolder.Open(folder.Path).Dispose());
}
