using System.Text.Json;

namespace Reflexion.Testing;

/// <summary>The options that decide the answer.</summary>
internal sealed record CassetteRequestOptions
{
    public string? Model { get; init; }

    public string? Conversation { get; init; }

    public string? Instructions { get; init; }

    public float? Temperature { get; init; }

    public int? MaxTokens { get; init; }

    public float? TopP { get; init; }

    public int? TopK { get; init; }

    public float? FrequencyPenalty { get; init; }

    public float? PresencePenalty { get; init; }

    public long? Seed { get; init; }

    public string? Reasoning { get; init; }

    public IReadOnlyList<string>? Stop { get; init; }

    public string? Format { get; init; }

    public JsonElement? Schema { get; init; }

    public string? ToolMode { get; init; }

    public bool? ParallelCalls { get; init; }

    public IReadOnlyList<CassetteTool>? Tools { get; init; }
}
