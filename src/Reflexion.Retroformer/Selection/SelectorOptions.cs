using Microsoft.Extensions.AI;

namespace Reflexion.Retroformer;

/// <summary>How a <see cref="SelectorRetrospectiveModel"/> asks for refinements, describes them and learns.</summary>
public sealed record SelectorOptions
{
    /// <summary>K, how many refinements a model is asked for before each retry, at once. Default 3; in [1, 16].</summary>
    public int Candidates { get; init; } = 3;

    /// <summary>How the model writes. A seed in its <see cref="ChatOptions"/> is counted up from one candidate to the next, so that they differ.</summary>
    public RetrospectiveOptions Writing { get; init; } = new();

    /// <summary>
    /// Adds similarity in meaning to the features; null (default) for words alone. One call for each choice; what it throws fails the call. Not disposed,
    /// and not charged to the episode's budget. A policy learnt with it needs it.
    /// </summary>
    public IEmbeddingGenerator<string, Embedding<float>>? EmbeddingGenerator { get; init; }

    /// <summary>How to learn.</summary>
    public SelectorLearnerOptions Learning { get; init; } = new();

    /// <summary>The most decisions that are kept, open and rewarded ones each. Default 10,000; at least 1.</summary>
    public int LogCapacity { get; init; } = 10_000;

    internal SelectorOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Candidates, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Candidates, 16);
        ArgumentNullException.ThrowIfNull(Writing);
        ArgumentNullException.ThrowIfNull(Learning);
        return this;
    }
}
