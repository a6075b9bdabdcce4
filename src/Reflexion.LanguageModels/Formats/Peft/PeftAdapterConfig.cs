using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>What <c>adapter_config.json</c> says of a LoRA adapter.</summary>
internal sealed record PeftAdapterConfig
{
    /// <summary>Every matrix of a layer that can have an adapter, by the last part of its name.</summary>
    public static ImmutableArray<string> AllModules { get; } = [.. Enum.GetValues<Projection>().Select(projection => projection.ModuleName())];

    /// <summary>Rows of A and columns of B: <c>r</c>.</summary>
    public required int Rank { get; init; }

    /// <summary>The numerator of the scale: <c>lora_alpha</c>.</summary>
    public required double Alpha { get; init; }

    /// <summary>Some of <see cref="AllModules"/>, in their order: <c>target_modules</c>.</summary>
    public required ImmutableArray<string> TargetModules { get; init; }

    /// <summary>The share in [0, 1) of inputs left out in training: <c>lora_dropout</c>.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether the scale is alpha / √rank rather than alpha / rank: <c>use_rslora</c>.</summary>
    public bool IsRankStabilized { get; init; }

    /// <summary>What the adapter was trained on: <c>base_model_name_or_path</c>.</summary>
    public string? BaseModel { get; init; }
}
