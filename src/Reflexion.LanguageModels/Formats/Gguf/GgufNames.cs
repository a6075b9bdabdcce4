using System.Collections.Frozen;

namespace Reflexion.LanguageModels;

/// <summary>Tensors' names in GGUF (<c>blk.0.attn_q.weight</c>) and in Hugging Face's files (<c>model.layers.0.self_attn.q_proj.weight</c>).</summary>
internal static class GgufNames
{
    private const string HuggingFaceLayer = "model.layers.";
    private const string GgufLayer = "blk.";

    private static readonly FrozenDictionary<string, string> ToGguf = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["model.embed_tokens"] = "token_embd",
        ["model.norm"] = "output_norm",
        ["lm_head"] = "output",
        ["input_layernorm"] = "attn_norm",
        ["self_attn.q_proj"] = "attn_q",
        ["self_attn.k_proj"] = "attn_k",
        ["self_attn.v_proj"] = "attn_v",
        ["self_attn.o_proj"] = "attn_output",
        ["post_attention_layernorm"] = "ffn_norm",
        ["mlp.gate_proj"] = "ffn_gate",
        ["mlp.up_proj"] = "ffn_up",
        ["mlp.down_proj"] = "ffn_down",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> ToHuggingFace =
        ToGguf.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>GGUF's name, or null where it has none.</summary>
    public static string? FromHuggingFace(string name) => Translate(name, HuggingFaceLayer, GgufLayer, ToGguf);

    /// <summary>Hugging Face's name, or null where it has none.</summary>
    public static string? FromGguf(string name) => Translate(name, GgufLayer, HuggingFaceLayer, ToHuggingFace);

    private static string? Translate(string name, string layer, string otherLayer, FrozenDictionary<string, string> parts)
    {
        string prefix = "";
        string rest = name;
        if (name.StartsWith(layer, StringComparison.Ordinal))
        {
            int end = name.IndexOf('.', layer.Length);
            if (end < 0)
            {
                return null;
            }

            prefix = string.Concat(otherLayer, name.AsSpan(layer.Length, end + 1 - layer.Length));
            rest = name[(end + 1)..];
        }

        int kind = rest.LastIndexOf('.');
        return kind >= 0 && parts.TryGetValue(rest[..kind], out string? part) ? string.Concat(prefix, part, rest.AsSpan(kind)) : null;
    }
}
