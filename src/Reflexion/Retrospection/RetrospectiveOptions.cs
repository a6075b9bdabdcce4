using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>How an <see cref="LlmRetrospectiveModel"/> writes refinements.</summary>
public sealed record RetrospectiveOptions
{
    /// <summary>Temperature, output limit, model and so on; null (default) for the client's own. Cloned for every call.</summary>
    public ChatOptions? ChatOptions { get; init; }

    /// <summary>The most characters of a refinement; the middle of a longer one is left out. Default 4,000; at least 100.</summary>
    public int MaxRefinementCharacters { get; init; } = 4_000;

    internal RetrospectiveOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRefinementCharacters, 100);
        return this;
    }
}
