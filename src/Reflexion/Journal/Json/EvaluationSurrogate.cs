namespace Reflexion;

/// <summary>A verdict as it is written.</summary>
internal sealed record EvaluationSurrogate(double Score, bool Success, string Feedback, string[]? Evidence);
