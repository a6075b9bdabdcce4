namespace Reflexion;

/// <summary>A call was refused because the budget does not cover it. The loop turns it into <see cref="StopReason.Budget"/>.</summary>
/// <param name="message">Which limit was reached and how to raise it.</param>
public sealed class BudgetExhaustedException(string message) : Exception(message);
