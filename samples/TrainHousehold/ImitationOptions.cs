using System.Collections.Immutable;

namespace TrainHousehold;

/// <summary>How the actor is trained from scratch.</summary>
internal sealed record ImitationOptions
{
    /// <summary>
    /// Rounds of a learning rate that falls along half a cosine; each begins anew from the weights of the one before. To find again what was read is learnt soonest where little was read
    /// and nothing of it can be guessed, so pieces of games come first, with other numbers. What nobody has rated yet has much in it that is random, and counts little until the end.
    /// </summary>
    public ImmutableArray<ImitationRound> Rounds { get; init; } =
    [
        new(1_500, 2e-3) { PieceSteps = 4 },
        new(600, 2e-3) { PieceSteps = 12 },
        new(3_000, 2e-3) { Written = 0.1f },
        new(800, 1e-3) { Written = 0.5f },
        new(500, 1e-3) { Written = 1 },
    ];

    /// <summary>Worlds of an update; each is played once as it is and twice with a refinement.</summary>
    public int Worlds { get; init; } = 6;

    /// <summary>Updates between checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 50;
}
