using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>PEFT's names of an adapter's tensors.</summary>
internal static class PeftNames
{
    /// <summary>The path of a matrix in the model (<c>model.layers.0.self_attn.q_proj</c>).</summary>
    public static string Path(int layer, string module) => $"model.layers.{layer}.{(IsAttention(module) ? "self_attn" : "mlp")}.{module}";

    public static string A(int layer, string module) => $"base_model.model.{Path(layer, module)}.lora_A.weight";

    public static string B(int layer, string module) => $"base_model.model.{Path(layer, module)}.lora_B.weight";

    /// <summary>Every tensor of an adapter: its name and shape.</summary>
    public static IEnumerable<(string Name, ImmutableArray<long> Shape)> Of(TransformerConfig model, PeftAdapterConfig adapter)
    {
        for (int layer = 0; layer < model.LayerCount; layer++)
        {
            foreach (string module in adapter.TargetModules)
            {
                (int outputs, int inputs) = Extents(model, module);
                yield return (A(layer, module), [adapter.Rank, inputs]);
                yield return (B(layer, module), [outputs, adapter.Rank]);
            }
        }
    }

    private static bool IsAttention(string module) => module is "q_proj" or "k_proj" or "v_proj" or "o_proj";

    private static (int Outputs, int Inputs) Extents(TransformerConfig model, string module) => module switch
    {
        "q_proj" => (model.QueryWidth, model.HiddenSize),
        "k_proj" or "v_proj" => (model.KeyValueWidth, model.HiddenSize),
        "o_proj" => (model.HiddenSize, model.QueryWidth),
        "down_proj" => (model.HiddenSize, model.IntermediateSize),
        _ => (model.IntermediateSize, model.HiddenSize),
    };
}
