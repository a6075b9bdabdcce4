using System.Text;
using System.Text.Json.Nodes;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class HuggingFaceConfigTests
{
    private const string Least = """
        {"model_type":"llama","vocab_size":100,"hidden_size":64,"intermediate_size":128,"num_hidden_layers":2,"num_attention_heads":4}
        """;

    [Fact]
    public void What_is_not_said_is_as_the_library_has_it() => Read(Least).Should().Be(new TransformerConfig
    {
        VocabularySize = 100,
        HiddenSize = 64,
        IntermediateSize = 128,
        LayerCount = 2,
        HeadCount = 4,
        KeyValueHeadCount = 4,
        HeadSize = 16,
        ContextLength = 2_048,
        NormEpsilon = 1e-6f,
        RopeBase = 10_000,
    });

    [Fact]
    public void Qwen2_has_biases_and_a_longer_context()
    {
        TransformerConfig config = Read(Least, ("model_type", "\"qwen2\""), ("sliding_window", "4096"), ("use_sliding_window", "false"));

        (config.AttentionBias, config.ContextLength, config.HeadSize).Should().Be((true, 32_768, 16));
    }

    [Fact]
    public void Newer_files_have_rotary_positions_in_an_object()
    {
        Read(Least, ("rope_parameters", """{"rope_theta":500000,"rope_type":"default"}""")).RopeBase.Should().Be(500_000);
        Read(Least, ("rope_parameters", """{"rope_theta":500000}"""), ("rope_theta", "20000")).RopeBase.Should().Be(20_000);
    }

    [Fact]
    public void Linear_scaling_divides_every_frequency()
    {
        TransformerConfig config = Read(Least, ("rope_scaling", """{"type":"linear","factor":4}"""));

        config.RopeFactors.Should().Equal(Enumerable.Repeat(4f, 8));
        config.RopeFrequency(1).Should().Be(Math.Pow(10_000, -2.0 / 16) / 4);
        Read(Least).RopeFrequency(1).Should().Be(Math.Pow(10_000, -2.0 / 16));
    }

    [Fact]
    public void Llama3_scaling_stretches_long_waves_only()
    {
        TransformerConfig config = Read(
            Least,
            ("rope_theta", "500000"),
            ("head_dim", "64"),
            ("rope_scaling", """{"rope_type":"llama3","factor":8.0,"low_freq_factor":1.0,"high_freq_factor":4.0,"original_max_position_embeddings":8192}"""));

        config.RopeFactors.Should().HaveCount(32).And.BeInAscendingOrder();
        config.RopeFactors[0].Should().Be(1);
        config.RopeFactors[^1].Should().Be(8);
        double turns = 8192 * Math.Pow(500_000, -2.0 * 16 / 64) / (2 * Math.PI); // 1.84, between 1 and 4
        double share = (turns - 1) / 3;
        config.RopeFactors[16].Should().BeApproximately((float)(1 / (((1 - share) / 8) + share)), 1e-6f);
    }

    [Theory]
    [InlineData("model_type", "\"mistral\"", "models of the type 'mistral' are not supported; 'llama' and 'qwen2' are")]
    [InlineData("model_type", null, "'model_type' is missing")]
    [InlineData("model_type", "7", "'model_type' is 7; a string is expected")]
    [InlineData("hidden_act", "\"gelu\"", "'hidden_act' is \"gelu\"")]
    [InlineData("attention_bias", "true", "'attention_bias' is true; false")]
    [InlineData("attention_bias", "1", "'attention_bias' is 1; true or false is expected")]
    [InlineData("mlp_bias", "true", "'mlp_bias' is true")]
    [InlineData("use_sliding_window", "true", "'use_sliding_window' is true")]
    [InlineData("partial_rotary_factor", "0.5", "'partial_rotary_factor' is 0.5; 1 is expected")]
    [InlineData("quantization_config", "{}", "'quantization_config' is {}")]
    [InlineData("vocab_size", null, "'vocab_size' is missing")]
    [InlineData("vocab_size", "3000000000", "'vocab_size' is 3000000000; an integer of 32 bits is expected")]
    [InlineData("vocab_size", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"", "aaaaaaaaa…; an integer")]
    [InlineData("vocab_size", "16777217", "the vocabulary size is 16777217; 1 to 16777216 is expected")]
    [InlineData("num_hidden_layers", "2000000000", "the number of layers is 2000000000")]
    [InlineData("num_hidden_layers", "0", "the number of layers is 0")]
    [InlineData("hidden_size", "-64", "the hidden size is -64")]
    [InlineData("num_key_value_heads", "3", "4 heads cannot share 3 key and value heads evenly")]
    [InlineData("num_key_value_heads", "8", "the number of key and value heads is 8; 1 to 4 is expected")]
    [InlineData("head_dim", "15", "the head size is 15; rotary positions need an even one")]
    [InlineData("rms_norm_eps", "-1", "the epsilon of the norms is -1")]
    [InlineData("rms_norm_eps", "1e400", "'rms_norm_eps' is 1e400; a number is expected")]
    [InlineData("rope_theta", "0", "the base of the rotary positions is 0")]
    [InlineData("rope_scaling", "[]", "'rope_scaling' is []; an object is expected")]
    [InlineData("rope_scaling", """{"rope_type":"yarn","factor":4}""", "of the kind 'yarn' is not supported; 'linear' and 'llama3' are")]
    [InlineData("rope_scaling", """{"rope_type":"dynamic","factor":4}""", "of the kind 'dynamic' is not supported")]
    [InlineData("rope_scaling", """{"rope_type":"longrope","short_factor":[1],"long_factor":[1]}""", "of the kind 'longrope' is not supported")]
    [InlineData("rope_scaling", """{"rope_type":"longrope","attention_factor":1,"short_factor":[1],"long_factor":[1]}""", "there are 1 factors of rotary frequencies; 8 are expected")]
    [InlineData("rope_scaling", """{"rope_type":"longrope","attention_factor":1,"short_factor":[1],"long_factor":[2]}""", "'long_factor' is [2]")]
    [InlineData("rope_scaling", """{"rope_type":"longrope","attention_factor":1,"short_factor":["a"],"long_factor":[2]}""", "a list of numbers is expected")]
    [InlineData("rope_scaling", """{"rope_type":"longrope","attention_factor":1,"long_factor":[2]}""", "'short_factor' is absent; a list of numbers is expected")]
    [InlineData("rope_scaling", """{"rope_type":"longrope","attention_factor":1,"short_factor":[1,1,1,1,1,1,1,0],"long_factor":[1,1,1,1,1,1,1,0]}""", "a factor of a rotary frequency is not a positive number")]
    [InlineData("rope_scaling", """{"rope_type":"linear"}""", "'factor' is absent; a positive number is expected")]
    [InlineData("rope_scaling", """{"rope_type":"llama3","factor":8,"low_freq_factor":4,"high_freq_factor":4,"original_max_position_embeddings":8192}""", "'high_freq_factor' is 4; a number above low_freq_factor is expected")]
    public void What_is_wrong_or_not_supported_is_refused_by_name(string field, string? value, string problem) =>
        FluentActions.Invoking(() => Read(Least, (field, value))).Should().Throw<ModelFormatException>().Which.Message.Should().Contain(problem);

    [Fact]
    public async Task Factors_are_written_so_that_they_are_read_again()
    {
        using var folder = new TemporaryFolder();
        TransformerConfig config = SmallModels.Llama with { RopeFactors = [1, 1.5f, 3, 8] };

        await JsonFile.WriteAsync(folder.File("config.json"), json => HuggingFaceConfig.Write(json, config, StorageType.BF16), default);

        HuggingFaceConfig.Read(folder.File("config.json")).Should().BeEquivalentTo(config);
        (await File.ReadAllTextAsync(folder.File("config.json"))).Should().Contain("\"torch_dtype\": \"bfloat16\"").And.Contain("\"LlamaForCausalLM\"").And.Contain("\"attention_bias\": false");
    }

    [Theory]
    [InlineData("{\"model_type\":\"llama\",\"model_type\":\"llama\"}", "the file is not JSON")]
    [InlineData("{\"model_type\":\"\\ud800\"}", "a string is expected")]
    [InlineData("{\"rms_norm_eps\":NaN}", "the file is not JSON")]
    public void A_file_that_is_no_sound_JSON_is_refused(string text, string problem) =>
        Files.Error("config.json", Encoding.UTF8.GetBytes(text), path => HuggingFaceConfig.Read(path)).Message.Should().Contain(problem);

    [Fact]
    public void A_file_far_too_large_is_refused_unread()
    {
        using var folder = new TemporaryFolder();
        using (FileStream file = File.Create(folder.File("config.json")))
        {
            file.SetLength(1L << 30);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(() => HuggingFaceConfig.Read(folder.File("config.json"))).Should().Throw<ModelFormatException>().WithMessage("*has 1073741824 bytes*");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
    }

    private static TransformerConfig Read(string json, params (string Field, string? Value)[] changes)
    {
        using var folder = new TemporaryFolder();
        JsonObject fields = JsonNode.Parse(json)!.AsObject();
        var text = new StringBuilder();
        foreach ((string field, JsonNode? value) in fields.Where(field => changes.All(change => change.Field != field.Key)))
        {
            text.Append($"\"{field}\":{value!.ToJsonString()},");
        }

        foreach ((string field, string? value) in changes)
        {
            text.Append($"\"{field}\":{value ?? "null"},");
        }

        File.WriteAllText(folder.File("config.json"), $"{{{text.ToString().TrimEnd(',')}}}");
        return HuggingFaceConfig.Read(folder.File("config.json"));
    }
}
