namespace Reflexion;

/// <summary>A judge gave no verdict that could be read, in any of its votes, although each was asked twice.</summary>
/// <param name="votes">How many votes there were.</param>
/// <param name="reason">What was wrong with the last reply.</param>
public sealed class JudgeVerdictException(int votes, string reason) : Exception(
    $"None of the judge's {votes} vote(s) could be read as a verdict; of the last reply, {reason}. Raise ChatOptions.MaxOutputTokens if replies are cut off, set {nameof(JudgeOptions)}.{nameof(JudgeOptions.Format)} to {nameof(JudgeFormat.JsonSchema)}, or use a stronger model.");
