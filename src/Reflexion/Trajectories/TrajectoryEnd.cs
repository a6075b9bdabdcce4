namespace Reflexion;

/// <summary>Why a trajectory ended.</summary>
public enum TrajectoryEnd
{
    /// <summary>The actor gave a final answer.</summary>
    Answered,

    /// <summary>The environment ended the trial.</summary>
    EnvironmentTerminal,

    /// <summary>The model called tools that the caller runs; there is no answer to judge yet. See <see cref="ReflectiveChatClientExtensions"/>.</summary>
    AwaitsTools,

    /// <summary>The actor used all the steps it may take.</summary>
    StepLimit,

    /// <summary>The same actions led to the same observations, over and over.</summary>
    Cycle,

    /// <summary>Steps went by that brought nothing new, or nothing readable.</summary>
    NoProgress,

    /// <summary>The conversation no longer fits the model's context, even with every observation shortened.</summary>
    ContextLimit,

    /// <summary>The budget ended during the trial.</summary>
    Budget,

    /// <summary>The caller asked the episode to stop.</summary>
    Stopped,

    /// <summary>A model, tool or environment failed.</summary>
    Failed,
}
