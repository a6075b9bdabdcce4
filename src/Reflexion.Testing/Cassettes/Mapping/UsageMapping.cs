using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>Token usage as data, and back.</summary>
internal static class UsageMapping
{
    internal static CassetteUsage Record(UsageDetails usage) => new()
    {
        Input = usage.InputTokenCount,
        Output = usage.OutputTokenCount,
        Total = usage.TotalTokenCount,
        CachedInput = usage.CachedInputTokenCount,
        Reasoning = usage.ReasoningTokenCount,
        More = usage.AdditionalCounts is { Count: > 0 } more ? new(more.ToDictionary(), StringComparer.Ordinal) : null,
    };

    internal static UsageDetails Replay(CassetteUsage usage) => new()
    {
        InputTokenCount = usage.Input,
        OutputTokenCount = usage.Output,
        TotalTokenCount = usage.Total,
        CachedInputTokenCount = usage.CachedInput,
        ReasoningTokenCount = usage.Reasoning,
        AdditionalCounts = usage.More is null ? null : new(usage.More),
    };
}
