using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class RotaryRowsTests
{
    [Fact]
    public void Halves_become_neighbours_head_by_head()
    {
        var rows = new NamedTensor("model.layers.0.self_attn.k_proj.bias", [8], new float[] { 0, 1, 2, 3, 10, 11, 12, 13 });

        RotaryRows.Convert(rows, 4, RotaryLayout.Halves, RotaryLayout.Pairs).Values.ToArray().Should().Equal(0, 2, 1, 3, 10, 12, 11, 13);
    }

    [Theory]
    [InlineData("model.layers.0.self_attn.q_proj.weight", true)]
    [InlineData("base_model.model.model.layers.0.self_attn.k_proj.lora_B.weight", true)]
    [InlineData("base_model.model.model.layers.0.self_attn.k_proj.lora_A.weight", false)]
    [InlineData("model.layers.0.self_attn.v_proj.weight", false)]
    [InlineData("model.layers.0.mlp.up_proj.weight", false)]
    public void Only_what_rotates_is_moved(string name, bool moves)
    {
        NamedTensor tensor = SmallModels.Random(name, [12, 3], new Random(1));

        NamedTensor moved = RotaryRows.Convert(tensor, 6, RotaryLayout.Halves, RotaryLayout.Pairs);

        moved.Values.Span.SequenceEqual(tensor.Values.Span).Should().Be(!moves);
        RotaryRows.Convert(moved, 6, RotaryLayout.Pairs, RotaryLayout.Halves).Values.ToArray().Should().Equal(tensor.Values.ToArray());
    }
}
