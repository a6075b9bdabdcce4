namespace Reflexion;

/// <summary>The payload of a trial's start.</summary>
/// <param name="Prompt">The prompt as the actor sees it.</param>
/// <param name="WasRewritten">Whether it differs from the actor's own.</param>
/// <param name="StartedAt">When the trial started.</param>
internal sealed record TrialStart(ActorPrompt Prompt, bool WasRewritten, DateTimeOffset StartedAt);
