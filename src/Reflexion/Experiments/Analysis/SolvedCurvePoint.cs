namespace Reflexion;

/// <summary>One point of a learning curve: how many episodes were solved once so many trials had been allowed.</summary>
/// <param name="Trial">How many trials were allowed.</param>
/// <param name="Attempted">How many episodes made that trial; the others were solved or had stopped before.</param>
/// <param name="Solved">How many episodes were solved by then.</param>
/// <param name="Episodes">How many episodes count.</param>
/// <param name="Share">The share solved, with Wilson's interval, widened where seeds of one task are alike.</param>
public sealed record SolvedCurvePoint(int Trial, int Attempted, int Solved, int Episodes, IntervalEstimate Share);
