namespace TrainHousehold;

/// <summary>A round of imitation.</summary>
/// <param name="Updates">Its updates.</param>
/// <param name="LearningRate">Its largest learning rate.</param>
internal sealed record ImitationRound(int Updates, double LearningRate);
