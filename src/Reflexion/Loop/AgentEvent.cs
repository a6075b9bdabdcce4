using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Something that happened in an episode. The set of kinds is closed.</summary>
public abstract record AgentEvent
{
    private protected AgentEvent()
    {
    }
}

/// <summary>The episode started.</summary>
/// <param name="EpisodeId">Its id.</param>
/// <param name="Task">The task.</param>
public sealed record EpisodeStarted(string EpisodeId, AgentTask Task) : AgentEvent;

/// <summary>An earlier run of the episode is taken up. What it recorded of the trial in progress follows as it happened.</summary>
/// <param name="EpisodeId">The episode.</param>
/// <param name="Trials">The trials that had ended.</param>
public sealed record EpisodeResumed(string EpisodeId, ImmutableArray<Trial> Trials) : AgentEvent;

/// <summary>Lessons were recalled for the trial about to start.</summary>
/// <param name="Trial">The trial, from 1.</param>
/// <param name="Lessons">The lessons, oldest first.</param>
public sealed record LessonsRecalled(int Trial, ImmutableArray<Lesson> Lessons) : AgentEvent;

/// <summary>The retrospective model changed the actor's prompt.</summary>
/// <param name="Trial">The trial, from 1.</param>
/// <param name="Prompt">The prompt as the actor will see it.</param>
public sealed record PromptRewritten(int Trial, ActorPrompt Prompt) : AgentEvent;

/// <summary>A trial started.</summary>
/// <param name="Trial">The trial, from 1.</param>
/// <param name="Prompt">The prompt as the actor sees it.</param>
public sealed record TrialStarted(int Trial, ActorPrompt Prompt) : AgentEvent;

/// <summary>The actor's model wrote a piece of text. Only in streaming runs.</summary>
/// <param name="Text">The piece.</param>
public sealed record ModelTextDelta(string Text) : AgentEvent;

/// <summary>The actor completed a step.</summary>
/// <param name="Step">The step.</param>
public sealed record StepCompleted(TrajectoryStep Step) : AgentEvent;

/// <summary>The environment showed the actor where it starts.</summary>
/// <param name="Observation">What it showed.</param>
public sealed record EnvironmentReset(Observation Observation) : AgentEvent;

/// <summary>What an earlier run recorded of the trial cannot be taken up: the steps so far do not count, and the actor starts again.</summary>
/// <param name="Trial">The trial, from 1.</param>
/// <param name="Reason">Why.</param>
public sealed record TrialRestarted(int Trial, string Reason) : AgentEvent;

/// <summary>The actor is done. An actor yields exactly one of these, last; the loop keeps it to itself.</summary>
/// <param name="End">Why it is done.</param>
/// <param name="Answer">The final answer, or null.</param>
/// <param name="Detail">More about <paramref name="End"/> for a human reader, or null.</param>
public sealed record ActorFinished(TrajectoryEnd End, string? Answer = null, string? Detail = null) : AgentEvent;

/// <summary>A trial was judged.</summary>
/// <param name="Trial">The trial, from 1.</param>
/// <param name="Evaluation">The verdict.</param>
public sealed record TrialEvaluated(int Trial, TrajectoryEvaluation Evaluation) : AgentEvent;

/// <summary>A lesson was learnt and stored.</summary>
/// <param name="Trial">The trial it was learnt from.</param>
/// <param name="Lesson">The lesson.</param>
public sealed record LessonLearned(int Trial, Lesson Lesson) : AgentEvent;

/// <summary>A lesson was rejected by the guard and put into quarantine.</summary>
/// <param name="Trial">The trial it was learnt from.</param>
/// <param name="Lesson">The lesson.</param>
/// <param name="Reason">Why it was rejected.</param>
public sealed record LessonRejected(int Trial, Lesson Lesson, string Reason) : AgentEvent;

/// <summary>A trial ended, with everything known of it.</summary>
/// <param name="Trial">The trial.</param>
public sealed record TrialEnded(Trial Trial) : AgentEvent;

/// <summary>The episode ended. Always the last event.</summary>
/// <param name="Episode">The whole episode.</param>
public sealed record EpisodeEnded(Episode Episode) : AgentEvent;
