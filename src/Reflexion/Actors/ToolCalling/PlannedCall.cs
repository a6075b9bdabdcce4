namespace Reflexion;

/// <summary>A call with its place among the calls of the trial that are alike, by which a journal knows it.</summary>
/// <param name="Call">The call.</param>
/// <param name="Key">Its key in the journal; null without one.</param>
internal sealed record PlannedCall(RequestedCall Call, (string Request, int Occurrence)? Key);
