namespace Reflexion.Testing;

/// <summary>A message of a request or a response.</summary>
internal sealed record CassetteMessage(string Role, IReadOnlyList<CassetteContent> Contents)
{
    public string? Author { get; init; }

    public string? Id { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
}
