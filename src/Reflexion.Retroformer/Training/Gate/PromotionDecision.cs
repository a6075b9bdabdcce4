namespace Reflexion.Retroformer;

/// <summary>What held-out failures say of a candidate policy beside the incumbent.</summary>
/// <param name="CandidateReturn">Mean return of retries with the candidate's refinements.</param>
/// <param name="IncumbentReturn">Mean return of retries with the incumbent's refinements, for the same failures with the same seeds.</param>
/// <param name="Gain">Mean of the paired differences and its interval, drawn by whole tasks.</param>
/// <param name="IsPromoted">Whether the interval's lower end is above zero.</param>
public sealed record PromotionDecision(double CandidateReturn, double IncumbentReturn, IntervalEstimate Gain, bool IsPromoted);
