namespace Reflexion;

/// <summary>Writes verdicts.</summary>
internal sealed class EvaluationConverter : SurrogateConverter<TrajectoryEvaluation, EvaluationSurrogate>
{
    protected override EvaluationSurrogate ToSurrogate(TrajectoryEvaluation value) =>
        new(value.Score, value.Success, value.Feedback, value.Evidence.IsDefaultOrEmpty ? null : [.. value.Evidence]);

    protected override TrajectoryEvaluation FromSurrogate(EvaluationSurrogate surrogate) =>
        new(surrogate.Score, surrogate.Success, surrogate.Feedback) { Evidence = [.. surrogate.Evidence ?? []] };
}
