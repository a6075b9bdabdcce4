using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>How a <see cref="ReActActor"/> works. Every limit is finite by default.</summary>
public sealed record ReActOptions
{
    /// <summary>The most steps in a trial, malformed ones included. Default 30; at least 1.</summary>
    public int MaxSteps { get; init; } = 30;

    /// <summary>The protocol, sent in the system role; null (default) for a text made from <see cref="Syntax"/>. Trusted text.</summary>
    public string? Instructions { get; init; }

    /// <summary>Worked examples in the protocol; null (default) for none. Trusted text.</summary>
    public string? Examples { get; init; }

    /// <summary>
    /// Model, temperature and the like; null (default) for the client's own. Copied when the actor is made, and again for
    /// every call.
    /// </summary>
    public ChatOptions? ChatOptions { get; init; }

    /// <summary>
    /// Whether each call is given a seed of its own, from <see cref="EpisodeRun.Seed"/>, task, trial and step, so that a model that honours seeds gives the same episode again.
    /// Default false: the seed of <see cref="ChatOptions"/>, if any.
    /// </summary>
    public bool SeedsCalls { get; init; }

    /// <summary>
    /// Whether the model is asked to stop where it starts to make up an observation. Default true; turn it off for models
    /// that refuse stop sequences. What they make up is cut off in either case.
    /// </summary>
    public bool UseStopSequence { get; init; } = true;

    /// <summary>How actions are written. Default <see cref="ActionSyntax.Bracketed"/>.</summary>
    public ActionSyntax Syntax { get; init; } = ActionSyntax.Bracketed;

    /// <summary>
    /// Whether untrusted observations are put between <c>&lt;observation&gt;</c> tags. Default true; without them the
    /// conversation has the papers' own form, which small models follow more easily but which protects less.
    /// </summary>
    public bool FenceObservations { get; init; } = true;

    /// <summary>The most characters of one observation; a longer one keeps head and tail. Default 8,000; at least 40.</summary>
    public int MaxObservationCharacters { get; init; } = 8_000;

    /// <summary>How much of the conversation the model may be sent.</summary>
    public ContextWindow Context { get; init; } = new();

    /// <summary>When a trial that leads nowhere is ended.</summary>
    public ProgressOptions Progress { get; init; } = new();

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxObservationCharacters, Excerpt.MinCharacters);
        ArgumentNullException.ThrowIfNull(Syntax);
        ArgumentNullException.ThrowIfNull(Context);
        ArgumentNullException.ThrowIfNull(Progress);
        Syntax.Validate();
        Context.Validate();
        Progress.Validate();
    }
}
