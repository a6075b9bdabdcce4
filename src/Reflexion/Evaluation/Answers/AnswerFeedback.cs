namespace Reflexion;

/// <summary>What the answer evaluators say. Fixed sentences, so that nothing of a reference can slip in.</summary>
internal static class AnswerFeedback
{
    internal const string None = "No answer was given.";
    internal const string Correct = "The answer is correct.";
    internal const string Incorrect = "The answer is incorrect.";
    internal const string Partial = "The answer is partly right: some of its words are the ones looked for, others are wrong or missing.";
}
