using System.Collections.Immutable;

namespace TrainHousehold;

/// <summary>How the actor is trained from scratch.</summary>
internal sealed record ImitationOptions
{
    /// <summary>Rounds of a learning rate that falls along half a cosine; each begins anew from the weights of the one before.</summary>
    public ImmutableArray<ImitationRound> Rounds { get; init; } = [new(4_000, 2e-3)];

    /// <summary>Worlds of an update; each is played once as it is and twice with a refinement.</summary>
    public int Worlds { get; init; } = 6;

    /// <summary>Updates between checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 50;
}
