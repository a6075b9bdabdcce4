using System.Globalization;

namespace Reflexion.Environments;

/// <summary>Takes the environment's word on whether the goal was won, and tells what the agent itself could see of why not.</summary>
/// <remarks>Nothing of the world that was hidden from the agent enters the feedback. Stateless and safe to share.</remarks>
public sealed class HouseholdEvaluator : ITrajectoryEvaluator
{
    private readonly HouseholdStopRule _rule;

    /// <summary>Creates an evaluator.</summary>
    /// <param name="rule">The stop rule of the trials, so that the feedback can say what ended one.</param>
    public HouseholdEvaluator(HouseholdStopRule rule = HouseholdStopRule.Paper) => _rule = rule;

    /// <inheritdoc/>
    public ValueTask<TrajectoryEvaluation> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        Trajectory trajectory = context.Trajectory;
        int actions = trajectory.Steps.Count(step => step.Action is not null);
        bool won = trajectory.Reward >= 1;
        string feedback = won
            ? string.Create(CultureInfo.InvariantCulture, $"The task was done after {actions} actions.")
            : string.Join(' ', Findings(trajectory, actions));
        return ValueTask.FromResult(new TrajectoryEvaluation(won ? 1 : 0, won, feedback));
    }

    private IEnumerable<string> Findings(Trajectory trajectory, int actions)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"The task was not done after {actions} actions; the trial ended because {Cause(trajectory)}.");
        TrajectoryStep[] vain = [.. trajectory.Steps.Where(step => step.Action is not null && step.Observation?.Text.StartsWith(HouseholdTexts.Nothing, StringComparison.Ordinal) == true)];
        if (vain.Length > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Actions that could not be carried out ('{HouseholdTexts.Nothing}'): {vain.Length}, among them {string.Join(", ", vain.Select(step => step.Action!.Text).Distinct().Take(3).Select(text => $"'{text}'"))}.");
        }

        if (trajectory.Steps.Length > 0 && !trajectory.Steps.Any(step => step.Observation?.Text.StartsWith("You pick up", StringComparison.Ordinal) == true))
        {
            yield return "Nothing was ever picked up.";
        }
    }

    private string Cause(Trajectory trajectory) => trajectory.End switch
    {
        TrajectoryEnd.EnvironmentTerminal => Repetition(trajectory) ?? "the environment ended it",
        TrajectoryEnd.StepLimit => "all actions were used",
        TrajectoryEnd.NoProgress => "its replies held no action",
        TrajectoryEnd.ContextLimit => "the conversation no longer fitted the model's context",
        TrajectoryEnd.Budget => "the budget was used up",
        _ => "it was cut short",
    };

    private string? Repetition(Trajectory trajectory)
    {
        var watch = new HouseholdWatch(_rule);
        return trajectory.Steps
            .Where(step => step is { Action: not null, Observation: not null })
            .Select(step => watch.Note(step.Action!.Text.Trim(), step.Observation!.Text))
            .FirstOrDefault(reason => reason is not null);
    }
}
