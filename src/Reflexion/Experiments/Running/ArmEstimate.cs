namespace Reflexion;

/// <summary>What the episodes of an arm may take.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Episodes">How many there are.</param>
/// <param name="AtMost">The most they may use by the budgets.</param>
/// <param name="LeastTokens">The tokens of the prompts of their first calls alone, at four characters a token.</param>
/// <param name="Expected">What the pilot lets expect; null where it has no such arm.</param>
public sealed record ArmEstimate(string Arm, int Episodes, UsageBound AtMost, long LeastTokens, ExpectedUsage? Expected);
