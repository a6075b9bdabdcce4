namespace Reflexion.Retroformer;

/// <summary>What supervised training came to.</summary>
/// <param name="Samples">Refinements learnt from.</param>
/// <param name="LeftOut">Refinements that were not positively rated.</param>
/// <param name="Steps">Steps made, those of earlier runs included.</param>
/// <param name="LossBefore">The negative log-likelihood of a token of the samples when this run began, in nats.</param>
/// <param name="LossAfter">The same now.</param>
public sealed record SupervisedReport(int Samples, int LeftOut, long Steps, double LossBefore, double LossAfter);
