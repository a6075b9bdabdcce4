namespace Reflexion;

/// <summary>What a part of an actor's prompt is, in the order in which the parts stand: what changes least comes first.</summary>
public enum PromptPartKind
{
    /// <summary>How to work: the actor's protocol. Trusted text, the only kind sent in the system role.</summary>
    Instructions = 0,

    /// <summary>Worked examples.</summary>
    Examples = 1,

    /// <summary>Material the task comes with.</summary>
    Context = 2,

    /// <summary>The task itself.</summary>
    Task = 3,

    /// <summary>The trajectory of the attempt before this one.</summary>
    LastAttempt = 4,

    /// <summary>Lessons recalled from episodic memory.</summary>
    Lessons = 5,

    /// <summary>Guidance written for this trial by a retrospective model.</summary>
    Refinement = 6,
}
