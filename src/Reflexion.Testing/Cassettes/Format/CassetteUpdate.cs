namespace Reflexion.Testing;

/// <summary>One update of a stream.</summary>
internal sealed record CassetteUpdate(IReadOnlyList<CassetteContent> Contents)
{
    public string? Role { get; init; }

    public string? Author { get; init; }

    public string? Finish { get; init; }

    public string? Model { get; init; }

    public string? Id { get; init; }

    public string? MessageId { get; init; }

    public string? Conversation { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
}
