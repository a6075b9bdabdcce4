namespace Reflexion.Tests;

/// <summary>A recorded trial beside what the loop made of it.</summary>
/// <param name="Recorded">The recorded line.</param>
/// <param name="Trial">The loop's trial, or null where it made none.</param>
internal sealed record ReplayedLine(RecordedLine Recorded, Trial? Trial)
{
    public bool Solved => Trial?.Evaluation is { Success: true };

    public ExperimentOutcome Outcome => Solved ? ExperimentOutcome.Solved
        : Recorded.Agent == "react" && Trial is { Trajectory.Answer: null } ? ExperimentOutcome.Halted
        : ExperimentOutcome.Failed;

    /// <summary>Steps whose action the actor read as it was recorded.</summary>
    public int EqualActions => Trial is null ? 0 : Trial.Trajectory.Steps.Zip(Recorded.Steps).Count(pair => pair.First.Action?.Text == pair.Second.Action.Trim());

    public bool Agrees => Trial is not null && Outcome == Recorded.Outcome && Solved == (Recorded.ExactMatch ?? Recorded.IsSolved);

    public override string ToString() => $"{Recorded.Task} trial {Recorded.Trial}: recorded {Recorded.Outcome}, replayed {(Trial is null ? "no trial" : Outcome)}";
}
