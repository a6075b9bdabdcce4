using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class GgufModelTests
{
    public static TheoryData<bool, RotaryLayout, StorageType> Models => new()
    {
        { false, RotaryLayout.Halves, StorageType.F32 },
        { true, RotaryLayout.Pairs, StorageType.F32 },
        { true, RotaryLayout.Halves, StorageType.Q8_0 },
        { false, RotaryLayout.Pairs, StorageType.Q8_0 },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_model_comes_back_as_it_was_in_its_architectures_layout(bool biased, RotaryLayout layout, StorageType type)
    {
        using var folder = new TemporaryFolder();
        TransformerConfig config = (biased ? SmallModels.Qwen2 : SmallModels.Llama) with { RotaryLayout = layout, RopeFactors = biased ? [] : [1, 1, 2, 8] };
        NamedTensor[] tensors = SmallModels.Tensors(config);

        await GgufModelWriter.WriteAsync(folder.File("a.gguf"), config, tensors, type);

        using GgufFile file = GgufFile.Open(folder.File("a.gguf"));
        file.Config.Should().BeEquivalentTo(config with { RotaryLayout = biased ? RotaryLayout.Halves : RotaryLayout.Pairs });
        foreach (NamedTensor tensor in tensors)
        {
            StoredTensor stored = file.Find(tensor.Name)!;
            stored.Type.Should().Be(tensor.Shape.Length == 1 ? StorageType.F32 : tensor.Shape[^1] % Dequantizer.BlockSize(type) == 0 ? type : StorageType.F16);
            NamedTensor back = RotaryRows.Convert(NamedTensor.Of(stored, tensor.Name), config.HeadSize, file.Config.RotaryLayout, layout);
            back.Values.ToArray().Zip(tensor.Values.ToArray(), (read, written) => Math.Abs(read - written)).Max().Should().BeLessThan(type == StorageType.F32 ? float.Epsilon : 0.005f, tensor.Name);
        }
    }

    [Fact]
    public async Task Tensors_of_other_names_cannot_be_written()
    {
        using var folder = new TemporaryFolder();

        await FluentActions.Awaiting(() => GgufModelWriter.WriteAsync(folder.File("a"), SmallModels.Llama, [SmallModels.Random("model.layers.0.other.weight", [2], new Random(1))]))
            .Should().ThrowAsync<ArgumentException>().WithMessage("*no name for the tensor 'model.layers.0.other.weight'*");
    }

    [Theory]
    [InlineData("general.architecture", "gemma", "the architecture 'gemma' is not supported; 'llama' and 'qwen2' are.")]
    [InlineData("general.architecture", null, "the metadata 'general.architecture' is missing")]
    [InlineData("general.architecture", 7, "the metadata 'general.architecture' is 7; a string is expected")]
    [InlineData("llama.block_count", null, "the metadata 'llama.block_count' is missing")]
    [InlineData("llama.block_count", "2", "the metadata 'llama.block_count' is a string; an integer of 32 bits is expected")]
    [InlineData("llama.block_count", 3_000_000_000u, "'llama.block_count' is 3000000000; an integer of 32 bits is expected")]
    [InlineData("llama.block_count", 2_000_000_000u, "the number of layers is 2000000000")]
    [InlineData("llama.block_count", 3u, "the tensor 'model.layers.2.input_layernorm.weight' is missing")]
    [InlineData("llama.feed_forward_length", 32u, "'model.layers.0.mlp.gate_proj.weight' has the shape [64, 32]; [32, 32] follows")]
    [InlineData("llama.attention.layer_norm_rms_epsilon", true, "a number is expected")]
    [InlineData("llama.attention.layer_norm_rms_epsilon", null, "'llama.attention.layer_norm_rms_epsilon' is missing")]
    [InlineData("llama.rope.dimension_count", 4u, "'llama.rope.dimension_count' is 4 and the head size 8; only equal ones are supported")]
    [InlineData("llama.attention.value_length", 16u, "'llama.attention.value_length' is 16")]
    [InlineData("llama.rope.scaling.factor", 4f, "of the kind 'linear' (factor 4) is not supported")]
    [InlineData("llama.expert_count", 8u, "mixtures of experts are not supported")]
    [InlineData("split.count", (ushort)2, "the file is one part of a model")]
    public async Task What_is_wrong_or_not_supported_is_refused_by_name(string key, object? value, string problem)
    {
        using TemporaryFolder folder = await ChangedAsync(key, value);
        using GgufFile file = GgufFile.Open(folder.File("a.gguf"));

        FluentActions.Invoking(() => file.Config).Should().Throw<ModelFormatException>().Which.Message.Should().Contain(problem);
    }

    [Theory]
    [InlineData("llama.attention.head_count_kv", null, false)]
    [InlineData("llama.rope.scaling.type", "none", true)]
    [InlineData("llama.rope.scaling.factor", 1f, true)]
    [InlineData("llama.expert_count", 0u, true)]
    public async Task What_changes_nothing_is_accepted(string key, object? value, bool sound)
    {
        using TemporaryFolder folder = await ChangedAsync(key, value);
        using GgufFile file = GgufFile.Open(folder.File("a.gguf"));

        if (sound)
        {
            file.Config.Should().Be(SmallModels.Llama with { RotaryLayout = RotaryLayout.Pairs });
        }
        else
        {
            FluentActions.Invoking(() => file.Config).Should().Throw<ModelFormatException>().WithMessage("*k_proj.weight' has the shape [16, 32]; [32, 32]*");
        }
    }

    [Theory]
    [InlineData("blk.0.attn_output.bias", 32, "a bias of the attention's output")]
    [InlineData("rope_freqs.weight", 3, "there are 3 factors of rotary frequencies; 4 are expected")]
    public async Task Tensors_that_would_be_ignored_are_refused(string name, int length, string problem)
    {
        using TemporaryFolder folder = await ChangedAsync("general.name", "a", SmallModels.Random(name, [length], new Random(1)));
        using GgufFile file = GgufFile.Open(folder.File("a.gguf"));

        FluentActions.Invoking(() => file.Config).Should().Throw<ModelFormatException>().Which.Message.Should().Contain(problem);
    }

    [Fact]
    public async Task Factors_of_another_type_are_refused()
    {
        using TemporaryFolder folder = await ChangedAsync("general.name", "a", SmallModels.Random("rope_freqs.weight", [2, 2], new Random(1)));
        using GgufFile file = GgufFile.Open(folder.File("a.gguf"));

        FluentActions.Invoking(() => file.Config).Should().Throw<ModelFormatException>().WithMessage("*'rope_freqs.weight' is F32 of shape [2, 2]; a row of F32 is expected*");
    }

    [Fact]
    public async Task A_vocabulary_alone_is_no_model()
    {
        using var folder = new TemporaryFolder();
        await GgufWriter.WriteAsync(folder.File("a.gguf"), [new("general.architecture", "llama"), new("llama.attention.head_count", 4u)], []);
        using GgufFile file = GgufFile.Open(folder.File("a.gguf"));

        FluentActions.Invoking(() => file.Config).Should().Throw<ModelFormatException>().WithMessage("*'token_embd.weight' is missing, so the file holds a vocabulary*");
    }

    // The metadata of a sound model, one value changed, and tensors added.
    private static async Task<TemporaryFolder> ChangedAsync(string key, object? value, params NamedTensor[] added)
    {
        var folder = new TemporaryFolder();
        await GgufModelWriter.WriteAsync(folder.File("sound.gguf"), SmallModels.Llama with { RotaryLayout = RotaryLayout.Pairs }, SmallModels.Tensors(SmallModels.Llama));
        using GgufFile sound = GgufFile.Open(folder.File("sound.gguf"));
        Dictionary<string, object> metadata = new(sound.Metadata.Values, StringComparer.Ordinal);
        metadata.Remove(key);
        if (value is not null)
        {
            metadata[key] = value;
        }

        ImmutableArray<NamedTensor> tensors = [.. sound.Tensors.Select(tensor => NamedTensor.Of(tensor)), .. added];
        await GgufWriter.WriteAsync(folder.File("a.gguf"), metadata, [.. tensors.Select(tensor => (tensor, StorageType.F32))]);
        return folder;
    }
}
