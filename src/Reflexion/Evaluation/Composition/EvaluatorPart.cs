namespace Reflexion;

/// <summary>One evaluator of a composite.</summary>
/// <param name="Name">What its feedback is headed with. Not blank, and unique in the composite.</param>
/// <param name="Evaluator">The evaluator.</param>
/// <param name="Weight">Its share in a weighted composite, relative to the others; at least 0. Default 1.</param>
public sealed record EvaluatorPart(string Name, ITrajectoryEvaluator Evaluator, double Weight = 1);
