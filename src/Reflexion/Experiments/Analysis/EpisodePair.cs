namespace Reflexion;

/// <summary>Two arms at one task with one seed.</summary>
internal sealed record EpisodePair(EpisodeRecord First, EpisodeRecord Second)
{
    internal bool FirstSolved => First.Outcome == ExperimentOutcome.Solved;

    internal bool SecondSolved => Second.Outcome == ExperimentOutcome.Solved;

    /// <summary>The second arm's figure minus the first's.</summary>
    internal double Difference(Func<EpisodeRecord, double> figure) => figure(Second) - figure(First);

    /// <summary>1 where only the second holds, −1 where only the first does, else 0.</summary>
    internal double Difference(Func<EpisodeRecord, bool> holds) => (holds(Second) ? 1 : 0) - (holds(First) ? 1 : 0);
}
