namespace Reflexion.LanguageModels;

/// <summary>Extents and names of a layer's matrices.</summary>
internal static class ProjectionShapes
{
    public static int Inputs(this Projection projection, TransformerConfig config) => projection switch
    {
        Projection.Output => config.QueryWidth,
        Projection.Down => config.IntermediateSize,
        _ => config.HiddenSize,
    };

    public static int Outputs(this Projection projection, TransformerConfig config) => projection switch
    {
        Projection.Query => config.QueryWidth,
        Projection.Key or Projection.Value => config.KeyValueWidth,
        Projection.Gate or Projection.Up => config.IntermediateSize,
        _ => config.HiddenSize,
    };

    /// <summary>The last part of the name, as adapters list their targets.</summary>
    public static string ModuleName(this Projection projection) => projection switch
    {
        Projection.Query => "q_proj",
        Projection.Key => "k_proj",
        Projection.Value => "v_proj",
        Projection.Output => "o_proj",
        Projection.Gate => "gate_proj",
        Projection.Up => "up_proj",
        _ => "down_proj",
    };

    /// <summary>The name inside a layer (<c>self_attn.q_proj</c>).</summary>
    public static string PathInLayer(this Projection projection) =>
        (projection <= Projection.Output ? "self_attn." : "mlp.") + projection.ModuleName();

    /// <summary>Whether the model has a bias on this matrix.</summary>
    public static bool HasBias(this Projection projection, TransformerConfig config) => config.AttentionBias && projection <= Projection.Value;
}
