namespace Reflexion;

/// <summary>Says in words why a trajectory ended; each fits behind "because".</summary>
internal static class EndWords
{
    internal static string Of(Trajectory trajectory) => trajectory.End switch
    {
        TrajectoryEnd.Answered => "the agent gave its answer",
        TrajectoryEnd.EnvironmentTerminal => "the environment ended it",
        TrajectoryEnd.AwaitsTools => "tools are to be called by the caller",
        TrajectoryEnd.StepLimit => "the agent had used all the steps it may take",
        TrajectoryEnd.Cycle => "the agent went in circles",
        TrajectoryEnd.NoProgress => "the agent made no progress",
        TrajectoryEnd.ContextLimit => "the conversation no longer fitted the model's context",
        TrajectoryEnd.Budget => "the budget was used up",
        TrajectoryEnd.Stopped => "it was stopped from outside",
        TrajectoryEnd.Failed => "something failed",
        _ => $"of {trajectory.End}",
    };
}
