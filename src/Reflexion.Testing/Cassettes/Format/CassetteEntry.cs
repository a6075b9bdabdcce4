namespace Reflexion.Testing;

/// <summary>One recorded call: the request, and a response, or the updates of a stream, and perhaps the fault that ended it.</summary>
internal sealed record CassetteEntry
{
    public required string Hash { get; init; }

    public required CassetteRequest Request { get; init; }

    public CassetteResponse? Response { get; init; }

    public IReadOnlyList<CassetteUpdate>? Updates { get; init; }

    public CassetteFault? Fault { get; init; }
}
