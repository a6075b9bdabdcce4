using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>Joins refinements with what retrying without one came to, so that regression to the mean is not credited to them.</summary>
public static class NullArm
{
    /// <summary>Adds returns of the null arm to an experience.</summary>
    /// <param name="experience">The experience.</param>
    /// <param name="returns">Returns of retries without a refinement, each in [0, 1].</param>
    /// <returns>The experience with these behind those it had.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A return is out of range.</exception>
    public static Experience WithNullReturns(this Experience experience, params IEnumerable<double> returns)
    {
        ArgumentNullException.ThrowIfNull(experience);
        ArgumentNullException.ThrowIfNull(returns);
        ImmutableArray<double> all = [.. experience.NullReturns, .. returns];
        double wrong = all.FirstOrDefault(value => value is not (>= 0 and <= 1));
        return wrong == 0 ? experience with { NullReturns = all } : throw new ArgumentOutOfRangeException(nameof(returns), wrong, "Returns lie between 0 and 1.");
    }

    /// <summary>Takes the retries out of a collection and adds their returns to the refinements that they are the null arm of.</summary>
    /// <param name="experiences">Refinements and retries, of any episodes of one agent. Retries without a refinement to match are dropped.</param>
    /// <param name="match">Which retries belong to a refinement. Default: <see cref="NullArmMatch.TaskAndTrial"/>.</param>
    /// <returns>The refinements, in their order; those without a matching retry as they were.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The match is none of the enumeration.</exception>
    public static ImmutableArray<Experience> Join(IEnumerable<Experience> experiences, NullArmMatch match = NullArmMatch.TaskAndTrial)
    {
        ArgumentNullException.ThrowIfNull(experiences);
        Func<Experience, (string, string, int)> key = match switch
        {
            NullArmMatch.TaskAndTrial => static experience => (experience.TaskId, "", experience.Trial),
            NullArmMatch.State => static experience => (experience.TaskId, experience.Prompt, 0),
            _ => throw new ArgumentOutOfRangeException(nameof(match), match, "Retries are matched by state, or by task and trial."),
        };
        ImmutableArray<Experience> all = [.. experiences];
        ILookup<(string, string, int), double> nulls = all.Where(experience => experience.IsNullArm).ToLookup(key, experience => experience.ReturnAfter);
        return [.. all.Where(experience => !experience.IsNullArm).Select(experience => experience.WithNullReturns(nulls[key(experience)]))];
    }
}
