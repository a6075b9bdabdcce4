using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>A <see cref="SelectorDecision"/> as JSON.</summary>
internal sealed record DecisionLine
{
    public required string Episode { get; init; }

    public required string Task { get; init; }

    public required int Trial { get; init; }

    public required ImmutableArray<ImmutableArray<double>> Arms { get; init; }

    public required int Chosen { get; init; }

    public required ImmutableArray<double> Propensities { get; init; }

    public required double Before { get; init; }

    public double? After { get; init; }

    internal static DecisionLine Of(SelectorDecision decision) => new()
    {
        Episode = decision.EpisodeId,
        Task = decision.TaskId,
        Trial = decision.Trial,
        Arms = decision.Arms.Features,
        Chosen = decision.Choice.Arm,
        Propensities = decision.Choice.Propensities,
        Before = decision.ReturnBefore,
        After = decision.ReturnAfter,
    };

    /// <exception cref="ArgumentException">Something in it is not sound.</exception>
    internal SelectorDecision ToDecision() => new(Episode, Task, Trial, new(Arms), new(Chosen, Propensities), Before, After);
}
