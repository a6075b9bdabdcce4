using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>A <see cref="SelectorState"/> as JSON.</summary>
internal sealed record SelectorDocument
{
    internal const string FormatName = "reflexion-selector";
    internal const int CurrentVersion = 1;

    public required string Format { get; init; }

    public required int Version { get; init; }

    public required ImmutableArray<string> Features { get; init; }

    public required double Exploration { get; init; }

    public required double Temperature { get; init; }

    public required ImmutableArray<double> Policy { get; init; }

    public required ImmutableArray<double> Candidate { get; init; }

    public required ImmutableArray<double> Coefficients { get; init; }

    public required ImmutableArray<double> Covariance { get; init; }

    public required SelectorCounts Counts { get; init; }

    public required ImmutableArray<DecisionLine> HeldOut { get; init; }

    public required ImmutableArray<DecisionLine> Open { get; init; }

    internal static SelectorDocument Of(SelectorState state) => new()
    {
        Format = FormatName,
        Version = CurrentVersion,
        Features = state.Features,
        Exploration = state.Policy.Exploration,
        Temperature = state.Policy.Temperature,
        Policy = state.Policy.Weights,
        Candidate = state.Candidate.Weights,
        Coefficients = state.Coefficients,
        Covariance = state.Covariance,
        Counts = SelectorCounts.Of(state.Progress),
        HeldOut = [.. state.HeldOut.Select(DecisionLine.Of)],
        Open = [.. state.Open.Select(DecisionLine.Of)],
    };

    /// <exception cref="ArgumentException">Something in it is not sound.</exception>
    internal SelectorState ToState() => SelectorStateRules.Check(new()
    {
        Features = Features,
        Policy = new(Policy, Exploration, Temperature),
        Candidate = new(Candidate, Exploration, Temperature),
        Coefficients = Coefficients,
        Covariance = Covariance,
        Progress = Counts.ToProgress(),
        HeldOut = Decisions(HeldOut),
        Open = Decisions(Open),
    });

    private static ImmutableArray<SelectorDecision> Decisions(ImmutableArray<DecisionLine> lines) =>
        [.. lines.Select(line => line?.ToDecision() ?? throw new ArgumentException("A decision is null."))];
}
