using System.Text.Json.Nodes;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class PeftAdapterFilesTests
{
    private static readonly PeftAdapterConfig s_config = new()
    {
        Rank = 3,
        Alpha = 12,
        TargetModules = ["q_proj", "v_proj", "down_proj"],
        Dropout = 0.125,
        IsRankStabilized = true,
        BaseModel = "owner/model",
    };

    [Theory]
    [InlineData(RotaryLayout.Halves)]
    [InlineData(RotaryLayout.Pairs)]
    public async Task An_adapter_comes_back_as_it_was(RotaryLayout layout)
    {
        using var folder = new TemporaryFolder();
        TransformerConfig model = SmallModels.Llama with { RotaryLayout = layout };
        PeftAdapter adapter = SmallModels.Adapter(model, s_config);

        await PeftAdapterFiles.WriteAsync(folder.Path, adapter, model);

        PeftAdapter read = PeftAdapterFiles.Read(folder.Path, model);
        read.Config.Should().BeEquivalentTo(s_config);
        Same(read, adapter);
    }

    [Fact]
    public async Task Rows_that_rotate_are_stored_in_Hugging_Faces_order()
    {
        using var folder = new TemporaryFolder();
        TransformerConfig model = SmallModels.Llama with { RotaryLayout = RotaryLayout.Pairs };
        PeftAdapter adapter = SmallModels.Adapter(model, s_config);

        await PeftAdapterFiles.WriteAsync(folder.Path, adapter, model);

        float[] b = [.. adapter.Tensors.Single(tensor => tensor.Name == PeftNames.B(0, "q_proj")).Values.Span];
        using SafetensorsReader file = SafetensorsReader.Open(folder.File("adapter_model.safetensors"));
        file.Find("base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight")!.Values()[3..6].Should().Equal(b[6..9], "row 1 of the first half is row 2 of the pairs");
    }

    [Theory]
    [InlineData("""["q_proj","v_proj","down_proj"]""")]
    [InlineData("""["down_proj","self_attn.q_proj","self_attn.v_proj"]""")]
    [InlineData("\".*\\\\.(q_proj|v_proj|down_proj)\"")]
    [InlineData("\"model\\\\.layers\\\\.\\\\d+\\\\.(self_attn|mlp)\\\\.(q|v|down)_proj\"")]
    public async Task Targets_may_be_told_in_many_ways(string targets)
    {
        using TemporaryFolder folder = await ChangedAsync("target_modules", targets);

        PeftAdapterFiles.Read(folder.Path, SmallModels.Llama).Config.TargetModules.Should().Equal("q_proj", "v_proj", "down_proj");
    }

    [Fact]
    public async Task All_linear_is_all_seven()
    {
        using var folder = new TemporaryFolder();
        PeftAdapter adapter = SmallModels.Adapter(SmallModels.Llama, s_config with { TargetModules = PeftAdapterConfig.AllModules });
        await PeftAdapterFiles.WriteAsync(folder.Path, adapter, SmallModels.Llama, StorageType.F32);
        await ChangeAsync(folder, "target_modules", "\"all-linear\"");

        Same(PeftAdapterFiles.Read(folder.Path, SmallModels.Llama), adapter);
    }

    [Theory]
    [InlineData("peft_type", "\"IA3\"", "'peft_type' is \"IA3\"; \"LORA\" is expected")]
    [InlineData("peft_type", "null", "'peft_type' is absent")]
    [InlineData("r", "null", "'r' is missing")]
    [InlineData("r", "0", "'r' is 0; 1 to 65536 is expected")]
    [InlineData("r", "65537", "'r' is 65537")]
    [InlineData("r", "4", "lora_A.weight' has the shape [3, 32]; [4, 32] is expected. Does the adapter belong to this model?")]
    [InlineData("lora_alpha", "0", "'lora_alpha' is 0; a positive number is expected")]
    [InlineData("lora_dropout", "1", "'lora_dropout' is 1; a number from 0 to below 1 is expected")]
    [InlineData("bias", "\"all\"", "'bias' is \"all\"; \"none\" is expected")]
    [InlineData("use_dora", "true", "'use_dora' is true; false (it is not supported) is expected")]
    [InlineData("rank_pattern", "{\"q_proj\":8}", "'rank_pattern' is {\"q_proj\":8}; nothing (it is not supported) is expected")]
    [InlineData("modules_to_save", "[\"lm_head\"]", "'modules_to_save' is [\"lm_head\"]")]
    [InlineData("layers_to_transform", "3", "'layers_to_transform' is 3")]
    [InlineData("target_modules", "null", "'target_modules' is missing")]
    [InlineData("target_modules", "[]", "'target_modules' is []; some of q_proj,")]
    [InlineData("target_modules", "[7]", "'target_modules' is [7]; a list of strings is expected")]
    [InlineData("target_modules", "[\"q_proj\",\"lm_head\"]", "a list of some of q_proj,")]
    [InlineData("target_modules", "[\"mlp.q_proj\"]", "a list of some of q_proj,")]
    [InlineData("target_modules", "\"(\"", "'target_modules' is no regular expression that can be read")]
    [InlineData("target_modules", "\"(?=a)b\"", "'target_modules' is no regular expression that can be read")]
    [InlineData("target_modules", "\"nothing\"", "'target_modules' is \"nothing\"; some of q_proj,")]
    [InlineData("target_modules", "[\"q_proj\",\"v_proj\"]", "mlp.down_proj.lora_A.weight' is none of a LoRA adapter of q_proj, v_proj for a model of 2 layers")]
    [InlineData("target_modules", "\"all-linear\"", "' is missing. Does the adapter belong to this model?")]
    public async Task What_is_wrong_or_not_supported_is_refused_by_name(string field, string value, string problem)
    {
        using TemporaryFolder folder = await ChangedAsync(field, value);

        FluentActions.Invoking(() => PeftAdapterFiles.Read(folder.Path, SmallModels.Llama)).Should().Throw<ModelFormatException>().Which.Message.Should().Contain(problem);
    }

    [Theory]
    [InlineData("rank_pattern", "{}")]
    [InlineData("layers_pattern", "\"\"")]
    [InlineData("modules_to_save", "[]")]
    [InlineData("use_dora", "false")]
    [InlineData("peft_version", "\"0.19\"")]
    public async Task What_says_nothing_is_accepted(string field, string value)
    {
        using TemporaryFolder folder = await ChangedAsync(field, value);

        PeftAdapterFiles.Read(folder.Path, SmallModels.Llama).Config.Should().BeEquivalentTo(s_config);
    }

    [Fact]
    public async Task A_field_that_is_not_there_has_PEFTs_default()
    {
        using TemporaryFolder folder = await ChangedAsync("lora_alpha", "null");
        await ChangeAsync(folder, "use_rslora", "null");
        await ChangeAsync(folder, "lora_dropout", "null");

        PeftAdapterFiles.Read(folder.Path, SmallModels.Llama).Config.Should().BeEquivalentTo(s_config with { Alpha = 8, IsRankStabilized = false, Dropout = 0 });
    }

    [Fact]
    public async Task Numbers_that_are_not_finite_are_refused_both_ways()
    {
        using var folder = new TemporaryFolder();
        PeftAdapter adapter = SmallModels.Adapter(SmallModels.Llama, s_config);
        await PeftAdapterFiles.WriteAsync(folder.Path, adapter, SmallModels.Llama);
        float[] values = adapter.Tensors[0].Values.ToArray();
        values[^1] = float.NaN;
        NamedTensor[] diverged = [adapter.Tensors[0] with { Values = values }, .. adapter.Tensors[1..]];

        await FluentActions.Awaiting(() => PeftAdapterFiles.WriteAsync(folder.Path, adapter with { Tensors = [.. diverged] }, SmallModels.Llama))
            .Should().ThrowAsync<ArgumentException>().WithMessage("*lora_A.weight' has a number that is not finite*");
        await SafetensorsWriter.WriteAsync(folder.File("adapter_model.safetensors"), diverged);
        FluentActions.Invoking(() => PeftAdapterFiles.Read(folder.Path, SmallModels.Llama)).Should().Throw<ModelFormatException>().WithMessage("*lora_A.weight' has a number that is not finite*");
    }

    [Fact]
    public async Task An_adapter_that_does_not_fit_cannot_be_written()
    {
        using var folder = new TemporaryFolder();
        PeftAdapter adapter = SmallModels.Adapter(SmallModels.Llama, s_config);

        await Refused("*lora_A.weight' is missing*", adapter with { Tensors = adapter.Tensors[1..] });
        await Refused("*'surplus' is none of the adapter's*", adapter with { Tensors = [.. adapter.Tensors, adapter.Tensors[0] with { Name = "surplus" }] });
        await Refused("*has the shape [3, 32]; [4, 32] is expected*", adapter with { Config = s_config with { Rank = 4 } });
        Directory.EnumerateFileSystemEntries(folder.Path).Should().BeEmpty();

        Task Refused(string problem, PeftAdapter wrong) =>
            FluentActions.Awaiting(() => PeftAdapterFiles.WriteAsync(folder.Path, wrong, SmallModels.Llama)).Should().ThrowAsync<ArgumentException>().WithMessage(problem);
    }

    private static void Same(PeftAdapter one, PeftAdapter other)
    {
        one.Tensors.Select(tensor => tensor.Name).Should().Equal(other.Tensors.Select(tensor => tensor.Name));
        one.Tensors.SelectMany(tensor => tensor.Values.ToArray()).Should().Equal(other.Tensors.SelectMany(tensor => tensor.Values.ToArray()));
    }

    private static async Task<TemporaryFolder> ChangedAsync(string field, string value)
    {
        var folder = new TemporaryFolder();
        await PeftAdapterFiles.WriteAsync(folder.Path, SmallModels.Adapter(SmallModels.Llama, s_config), SmallModels.Llama);
        await ChangeAsync(folder, field, value);
        return folder;
    }

    private static async Task ChangeAsync(TemporaryFolder folder, string field, string value)
    {
        JsonNode fields = JsonNode.Parse(await File.ReadAllTextAsync(folder.File("adapter_config.json")))!;
        fields[field] = JsonNode.Parse(value);
        await File.WriteAllTextAsync(folder.File("adapter_config.json"), fields.ToJsonString());
    }
}
