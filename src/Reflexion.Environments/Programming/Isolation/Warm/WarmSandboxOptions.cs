namespace Reflexion.Environments;

/// <summary>Options of <see cref="WarmSandbox"/>.</summary>
public sealed record WarmSandboxOptions
{
    /// <summary>How many processes of each command stand ready; 1 to 64. Default 2.</summary>
    public int ProcessesPerCommand { get; init; } = 2;

    /// <summary>How many commands are kept ready at most; the one used longest ago makes room. 1 to 64. Default 4.</summary>
    public int Commands { get; init; } = 4;
}
