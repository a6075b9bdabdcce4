namespace Reflexion;

/// <summary>What a syntax made of a piece of a reply.</summary>
/// <param name="Action">The action; where there is a <paramref name="Problem"/>, what stands in its place, or null.</param>
/// <param name="End">Where the action ends in the reply, exclusive.</param>
/// <param name="Problem">What the model must fix, in words it can follow, or null. Quotes nothing, so that it stays trusted text.</param>
/// <param name="IsAnswer">Whether the action gives the final answer.</param>
/// <param name="HasMore">Whether another action follows on the same line.</param>
internal readonly record struct ActionReading(AgentAction? Action, int End, string? Problem = null, bool IsAnswer = false, bool HasMore = false);
