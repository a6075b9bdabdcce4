namespace Reflexion.Tests;

/// <summary>A world with a locked door and a key: opening the door pays only for who has taken the key.</summary>
internal sealed class LockedRoom : IAgentEnvironment
{
    private bool _hasKey;

    internal static readonly AgentTask Escape = new("room", "Leave the room.");

    public bool IsDisposed { get; private set; }

    public ValueTask<Observation> ResetAsync(AgentTask task, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(new Observation("You see a door and a key."));
    }

    public ValueTask<Observation> StepAsync(AgentAction action, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(action.Text switch
        {
            "Take[key]" => Take(),
            "Open[door]" when _hasKey => new Observation("The door swings open.") { IsTerminal = true, Reward = 1 },
            "Open[door]" => new Observation("The door is locked."),
            _ => new Observation("Nothing happens."),
        });
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private Observation Take()
    {
        _hasKey = true;
        return new("You hold the key.");
    }
}
