namespace Reflexion.Testing;

/// <summary>What of a request decides the answer, in a form that is equal for equal requests.</summary>
internal sealed record CassetteRequest(IReadOnlyList<CassetteMessage> Messages, CassetteRequestOptions? Options = null);
