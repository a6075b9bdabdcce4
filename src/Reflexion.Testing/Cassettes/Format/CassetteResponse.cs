namespace Reflexion.Testing;

/// <summary>A response that was not streamed.</summary>
internal sealed record CassetteResponse(IReadOnlyList<CassetteMessage> Messages)
{
    public string? Finish { get; init; }

    public string? Model { get; init; }

    public string? Id { get; init; }

    public string? Conversation { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public CassetteUsage? Usage { get; init; }
}
