using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>PEFT's names of an adapter's tensors, by the modules that its configuration lists.</summary>
internal static class PeftNames
{
    /// <summary>The path of a matrix in the model (<c>model.layers.0.self_attn.q_proj</c>).</summary>
    public static string Path(int layer, string module) => $"model.layers.{layer}.{Projection(module).PathInLayer()}";

    public static string A(int layer, string module) => AdapterNames.A(layer, Projection(module));

    public static string B(int layer, string module) => AdapterNames.B(layer, Projection(module));

    /// <summary>Every tensor of an adapter: its name and shape.</summary>
    public static IEnumerable<(string Name, ImmutableArray<long> Shape)> Of(TransformerConfig model, PeftAdapterConfig adapter)
    {
        for (int layer = 0; layer < model.LayerCount; layer++)
        {
            foreach (string module in adapter.TargetModules)
            {
                yield return (A(layer, module), [adapter.Rank, Projection(module).Inputs(model)]);
                yield return (B(layer, module), [Projection(module).Outputs(model), adapter.Rank]);
            }
        }
    }

    private static Projection Projection(string module) => (Projection)PeftAdapterConfig.AllModules.IndexOf(module);
}
