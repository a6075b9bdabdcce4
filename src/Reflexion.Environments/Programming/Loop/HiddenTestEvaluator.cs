namespace Reflexion.Environments;

/// <summary>Judges a program by the problem's hidden test: recorded, and shown to no part of the agent.</summary>
internal sealed class HiddenTestEvaluator(ProblemSet problems) : ITrajectoryEvaluator
{
    public async ValueTask<TrajectoryEvaluation> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        (ProgrammingProblem problem, IProgrammingLanguage language) = problems.Of(context.Task);
        if (context.Trajectory.Answer is not { } answer || language.ReadProgram(problem, answer) is not { } program)
        {
            return TrajectoryEvaluation.Failed("The reply holds no program.");
        }

        ProgramRun run = await language.RunHiddenTestAsync(problem, program, cancellationToken).ConfigureAwait(false);
        return run.Passed
            ? TrajectoryEvaluation.Passed("The hidden test passes.")
            : TrajectoryEvaluation.Failed($"The hidden test does not pass. {run.Fault ?? string.Join(' ', run.Tests.Select(test => $"{test.Outcome}: {test.Detail ?? test.Actual}"))}");
    }
}
