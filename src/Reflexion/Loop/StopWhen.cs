namespace Reflexion;

/// <summary>The stop conditions, and how to combine them.</summary>
public static class StopWhen
{
    /// <summary>Stops when a trial succeeds.</summary>
    public static IStopCondition Solved() => new Condition(progress =>
        progress.Last.Evaluation is { Success: true } ? new(StopReason.Success, $"Trial {progress.Last.Number} succeeded.") : null);

    /// <summary>Stops after a number of trials.</summary>
    /// <param name="trials">How many; at least 1.</param>
    public static IStopCondition TrialsReach(int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        return new Condition(progress => progress.Trials.Length >= trials ? new(StopReason.TrialLimit, $"All {trials} trials were made.") : null);
    }

    /// <summary>Stops when the best score has not risen for a number of trials.</summary>
    /// <param name="trials">How many trials without improvement are enough; at least 1.</param>
    /// <param name="minimumGain">A rise counts only when it is larger than this; in [0,1). Default 0.</param>
    public static IStopCondition NoImprovementFor(int trials, double minimumGain = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(minimumGain);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(minimumGain, 1);
        return new Condition(progress =>
        {
            double best = double.NegativeInfinity;
            int since = 0;
            foreach (Trial trial in progress.Trials)
            {
                bool improved = trial.Return is { } score && score > best + minimumGain;
                best = improved ? trial.Return!.Value : best;
                since = improved ? 0 : since + 1;
            }

            return since >= trials ? new(StopReason.NoImprovement, $"The best score has not improved for {since} trials.") : null;
        });
    }

    /// <summary>Stops when the last trial did and saw the same as an earlier one, step for step.</summary>
    public static IStopCondition TrajectoryRepeats() => new Condition(progress =>
    {
        foreach (Trial earlier in progress.Trials.AsSpan()[..^1])
        {
            if (SameSteps(earlier.Trajectory, progress.Last.Trajectory))
            {
                return new(StopReason.RepeatedTrajectory, $"Trial {progress.Last.Number} repeats trial {earlier.Number} step for step.");
            }
        }

        return null;
    });

    /// <summary>Stops once the episode has used a number of tokens; a softer limit than the budget, checked between trials.</summary>
    /// <param name="tokens">How many; at least 1.</param>
    public static IStopCondition TokensReach(long tokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        return new Condition(progress => progress.Usage.Total.Tokens.TotalTokens is var used && used >= tokens
            ? new(StopReason.Budget, $"{used} tokens were used; the episode was to stop at {tokens}.")
            : null);
    }

    /// <summary>Stops once the episode has run for a time, checked between trials.</summary>
    /// <param name="elapsed">How long; above zero.</param>
    public static IStopCondition ElapsedReaches(TimeSpan elapsed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(elapsed, TimeSpan.Zero);
        return new Condition(progress => progress.Elapsed >= elapsed
            ? new(StopReason.Budget, $"The episode has run for {progress.Elapsed}; it was to stop at {elapsed}.")
            : null);
    }

    /// <summary>Stops when a condition of your own holds.</summary>
    /// <param name="reason">What to report as <see cref="Episode.StopDetail"/>.</param>
    /// <param name="condition">Looks at the episode after each trial.</param>
    public static IStopCondition Custom(string reason, Func<EpisodeProgress, bool> condition)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ArgumentNullException.ThrowIfNull(condition);
        return new Condition(progress => condition(progress) ? new(StopReason.Custom, reason) : null);
    }

    /// <summary>Stops when any of the conditions holds; the first one that does gives the reason.</summary>
    /// <param name="conditions">The conditions, in order of precedence.</param>
    public static IStopCondition Any(params IStopCondition[] conditions)
    {
        IStopCondition[] any = Copy(conditions);
        return new Condition(progress =>
        {
            foreach (IStopCondition condition in any)
            {
                if (condition.Check(progress) is { } decision)
                {
                    return decision;
                }
            }

            return null;
        });
    }

    /// <summary>Stops when all of the conditions hold; the first one gives the reason. No conditions never stop.</summary>
    /// <param name="conditions">The conditions.</param>
    public static IStopCondition All(params IStopCondition[] conditions)
    {
        IStopCondition[] all = Copy(conditions);
        return new Condition(progress =>
        {
            StopDecision? first = null;
            foreach (IStopCondition condition in all)
            {
                if (condition.Check(progress) is not { } decision)
                {
                    return null;
                }

                first ??= decision;
            }

            return first;
        });
    }

    private static IStopCondition[] Copy(IStopCondition[] conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return conditions.Contains(null!) ? throw new ArgumentException("A stop condition is null.", nameof(conditions)) : [.. conditions];
    }

    private static bool SameSteps(Trajectory a, Trajectory b)
    {
        if (a.Steps.Length != b.Steps.Length || a.Answer != b.Answer)
        {
            return false;
        }

        for (int i = 0; i < a.Steps.Length; i++)
        {
            if (a.Steps[i].Action?.Text != b.Steps[i].Action?.Text || a.Steps[i].Observation?.Text != b.Steps[i].Observation?.Text)
            {
                return false;
            }
        }

        return true;
    }

    private sealed class Condition(Func<EpisodeProgress, StopDecision?> check) : IStopCondition
    {
        public StopDecision? Check(EpisodeProgress progress)
        {
            ArgumentNullException.ThrowIfNull(progress);
            return check(progress);
        }
    }
}
