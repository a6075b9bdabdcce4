namespace TrainHousehold;

/// <summary>A round of imitation.</summary>
/// <param name="Updates">Its updates.</param>
/// <param name="LearningRate">Its largest learning rate.</param>
internal sealed record ImitationRound(int Updates, double LearningRate)
{
    /// <summary>How much a token of a refinement counts beside one of an action.</summary>
    public float Written { get; init; }

    /// <summary>Observations in a piece of a game that is read, with other numbers, and asked about; 0 (default): whole games are played.</summary>
    public int PieceSteps { get; init; }
}
