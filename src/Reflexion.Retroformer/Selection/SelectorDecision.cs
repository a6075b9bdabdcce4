using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>A choice as it is logged: all that is needed to learn from it, and to judge any other policy by it.</summary>
public sealed class SelectorDecision
{
    /// <summary>Creates a decision.</summary>
    /// <param name="episodeId">The episode it was made in. Not blank.</param>
    /// <param name="taskId">The task. Not blank.</param>
    /// <param name="trial">The trial it was made for, from 2.</param>
    /// <param name="arms">The arms there were.</param>
    /// <param name="choice">The arm that was drawn, with the propensities it was drawn from.</param>
    /// <param name="returnBefore">G(k), the return of the trial before, in [0,1].</param>
    /// <param name="returnAfter">G(k+1), the return of the trial it was made for, in [0,1]; null while that is not known.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public SelectorDecision(string episodeId, string taskId, int trial, SelectorArms arms, SelectorChoice choice, double returnBefore, double? returnAfter = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(episodeId);
        ArgumentException.ThrowIfNullOrWhiteSpace(taskId);
        ArgumentOutOfRangeException.ThrowIfLessThan(trial, 2);
        ArgumentNullException.ThrowIfNull(arms);
        if (choice.Propensities.IsDefault || choice.Propensities.Length != arms.Count
            || !choice.Propensities.All(share => share is > 0 and <= 1) || Math.Abs(choice.Propensities.Sum() - 1) > 1e-6)
        {
            throw new ArgumentException($"There must be a propensity for each of the {arms.Count} arms, in (0,1], and together they must be 1.", nameof(choice));
        }

        if (choice.Arm < 0 || choice.Arm >= arms.Count)
        {
            throw new ArgumentException($"Arm {choice.Arm} is none of the {arms.Count}.", nameof(choice));
        }

        EpisodeId = episodeId;
        TaskId = taskId;
        Trial = trial;
        Arms = arms;
        Choice = choice;
        ReturnBefore = CheckReturn(returnBefore, nameof(returnBefore));
        ReturnAfter = returnAfter is { } after ? CheckReturn(after, nameof(returnAfter)) : null;
    }

    /// <summary>The episode it was made in.</summary>
    public string EpisodeId { get; }

    /// <summary>The task.</summary>
    public string TaskId { get; }

    /// <summary>The trial it was made for, from 2.</summary>
    public int Trial { get; }

    /// <summary>The arms there were.</summary>
    public SelectorArms Arms { get; }

    /// <summary>The arm that was drawn, with the propensities it was drawn from.</summary>
    public SelectorChoice Choice { get; }

    /// <summary>G(k), the return of the trial before, in [0,1].</summary>
    public double ReturnBefore { get; }

    /// <summary>G(k+1), the return of the trial it was made for, in [0,1]; null while that is not known.</summary>
    public double? ReturnAfter { get; }

    /// <summary>ΔG = G(k+1) − G(k), in [−1,1]: the reward (Yao et al. 2023, section 4.2); null while it is not known.</summary>
    public double? Reward => ReturnAfter - ReturnBefore;

    /// <summary>The decision with what came of it.</summary>
    /// <param name="returnAfter">G(k+1), in [0,1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The return is not in [0,1].</exception>
    public SelectorDecision With(double returnAfter) => new(EpisodeId, TaskId, Trial, Arms, Choice, ReturnBefore, returnAfter);

    private static double CheckReturn(double value, string name) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "A return lies in [0,1].");
}
