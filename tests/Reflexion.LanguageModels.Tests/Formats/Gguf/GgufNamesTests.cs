using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class GgufNamesTests
{
    [Theory]
    [InlineData("model.embed_tokens.weight", "token_embd.weight")]
    [InlineData("model.norm.weight", "output_norm.weight")]
    [InlineData("lm_head.weight", "output.weight")]
    [InlineData("model.layers.17.input_layernorm.weight", "blk.17.attn_norm.weight")]
    [InlineData("model.layers.17.self_attn.q_proj.bias", "blk.17.attn_q.bias")]
    [InlineData("model.layers.17.self_attn.o_proj.weight", "blk.17.attn_output.weight")]
    [InlineData("model.layers.17.post_attention_layernorm.weight", "blk.17.ffn_norm.weight")]
    [InlineData("model.layers.17.mlp.down_proj.weight", "blk.17.ffn_down.weight")]
    public void Names_are_translated_both_ways(string huggingFace, string gguf)
    {
        GgufNames.FromHuggingFace(huggingFace).Should().Be(gguf);
        GgufNames.FromGguf(gguf).Should().Be(huggingFace);
    }

    [Theory]
    [InlineData("model.layers.17")]
    [InlineData("model.layers.17.other.weight")]
    [InlineData("weight")]
    [InlineData("")]
    public void Other_names_have_no_translation(string name) => GgufNames.FromHuggingFace(name).Should().BeNull();
}
