using System.Text.RegularExpressions;
using Reflexion;

namespace CustomEvaluator;

/// <summary>Runs the expression that the agent wrote against strings it must match and strings it must not.</summary>
internal sealed class RegexEvaluator(string[] mustMatch, string[] mustNotMatch) : ITrajectoryEvaluator
{
    public ValueTask<TrajectoryEvaluation> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken)
    {
        Regex expression;
        try
        {
            // What a model writes is tried out with care: no backtracking without end.
            expression = new Regex((context.Trajectory.Answer ?? "").Trim().Trim('`'), RegexOptions.None, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException fault)
        {
            return ValueTask.FromResult(TrajectoryEvaluation.Failed($"The expression cannot be parsed: {fault.Message}"));
        }

        string[] wrong =
        [
            .. mustMatch.Where(text => !expression.IsMatch(text)).Select(text => $"it does not match '{text}'"),
            .. mustNotMatch.Where(text => expression.IsMatch(text)).Select(text => $"it matches '{text}'"),
        ];
        double score = 1 - ((double)wrong.Length / (mustMatch.Length + mustNotMatch.Length));
        return ValueTask.FromResult(wrong.Length == 0
            ? TrajectoryEvaluation.Passed("All examples come out right.")
            : TrajectoryEvaluation.Failed($"Wrong: {string.Join("; ", wrong)}.", score) with { Evidence = [.. wrong] });
    }
}
