namespace Reflexion;

/// <summary>What a journal entry tells. The set is closed; a journal writes the names.</summary>
public enum JournalEntryKind
{
    /// <summary>The episode started: the version of the format, the task, and the options that decide what will happen.</summary>
    EpisodeStarted,

    /// <summary>Another run took the episode up; what an earlier run writes from here on is refused.</summary>
    EpisodeResumed,

    /// <summary>Lessons were recalled for a trial.</summary>
    LessonsRecalled,

    /// <summary>A trial started: its prompt.</summary>
    TrialStarted,

    /// <summary>A model replied, or failed to.</summary>
    ModelCalled,

    /// <summary>A tool was called, or an approval denied.</summary>
    ToolCalled,

    /// <summary>An environment showed the actor where it starts.</summary>
    EnvironmentReset,

    /// <summary>The actor completed a step.</summary>
    StepCompleted,

    /// <summary>What was recorded of the actor's work on the trial no longer counts; the actor starts again.</summary>
    TrialRestarted,

    /// <summary>The actor is done.</summary>
    ActorFinished,

    /// <summary>The trial was judged, and whether the episode ends was decided.</summary>
    TrialEvaluated,

    /// <summary>The held-out evaluator judged the trial, or failed to.</summary>
    HeldOutEvaluated,

    /// <summary>The self-reflector wrote a lesson, or nothing.</summary>
    LessonDrafted,

    /// <summary>The guard let a lesson pass or rejected it. Written before the memory is told.</summary>
    LessonDecided,

    /// <summary>A trial ended: the whole of it.</summary>
    TrialEnded,

    /// <summary>The episode ended.</summary>
    EpisodeEnded,
}
