namespace Reflexion.Tests;

/// <summary>A recorded trial beside what the loop made of it.</summary>
/// <param name="Recorded">The recorded line.</param>
/// <param name="Trial">The loop's trial, or null where it made none.</param>
internal sealed record ReplayedLine(RecordedLine Recorded, Trial? Trial)
{
    public int Quarantined { get; init; }

    public bool Solved => Trial?.Evaluation is { Success: true };

    public string Outcome => Trial is null ? "no trial"
        : Solved ? "correct"
        : Recorded.Agent == "react" && Trial.Trajectory.Answer is null ? "halted"
        : "incorrect";

    /// <summary>Steps whose action the actor read as it was recorded.</summary>
    public int EqualActions => Trial is null ? 0 : Trial.Trajectory.Steps.Zip(Recorded.Steps).Count(pair => pair.First.Action?.Text == pair.Second.Action.Trim());

    public bool Agrees => Outcome == Recorded.Outcome && Solved == Recorded.ExactMatch;
}
