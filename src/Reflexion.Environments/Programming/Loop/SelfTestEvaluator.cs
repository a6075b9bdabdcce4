using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>Judges a program by the unit tests that the agent wrote: what the agent sees of itself, and stops on.</summary>
internal sealed class SelfTestEvaluator(ProblemSet problems, SelfTests tests) : ITrajectoryEvaluator
{
    public async ValueTask<TrajectoryEvaluation> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        (ProgrammingProblem problem, IProgrammingLanguage language) = problems.Of(context.Task);
        if (context.Trajectory.Answer is not { } answer || language.ReadProgram(problem, answer) is not { } program)
        {
            return TrajectoryEvaluation.Failed($"The reply holds no program. Reply with one fenced block of {language.DisplayName} code.");
        }

        ImmutableArray<string> own = await tests.OfAsync(problem, language, context, cancellationToken).ConfigureAwait(false);
        return own.IsEmpty
            ? TrajectoryEvaluation.Failed("The program was not tested: none of the unit tests written for it could be used. A program without tests does not count as solved.")
            : TestFeedback.Of(await language.RunTestsAsync(problem, program, own, cancellationToken).ConfigureAwait(false), language);
    }
}
