namespace Reflexion;

/// <summary>Two arms, both cut off at one budget of tokens an episode.</summary>
/// <param name="Tokens">The budget of an episode.</param>
/// <param name="FirstSolved">The share that the first arm had solved with it.</param>
/// <param name="SecondSolved">The share that the second arm had solved with it.</param>
/// <param name="Difference">The second share minus the first.</param>
/// <param name="FirstExhausted">The share of the first arm's episodes that had given up unsolved before, and so say less than the budget allows.</param>
/// <param name="SecondExhausted">The same of the second arm.</param>
public sealed record EqualBudgetPoint(
    long Tokens, double FirstSolved, double SecondSolved, IntervalEstimate Difference, double FirstExhausted, double SecondExhausted);
