namespace Reflexion;

/// <summary>What an environment or a tool answers to an action.</summary>
/// <param name="Text">What the actor sees.</param>
public sealed record Observation(string Text)
{
    /// <summary>The reward of this step, in [0,1]; 0 where the environment gives none.</summary>
    public double Reward { get; init; }

    /// <summary>Whether the trial is over after this observation. It says nothing about success.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>How far <see cref="Text"/> may be trusted. Default: <see cref="TextIntegrity.Untrusted"/>.</summary>
    public TextIntegrity Integrity { get; init; } = TextIntegrity.Untrusted;
}
