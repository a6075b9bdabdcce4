namespace Reflexion.Environments;

/// <summary>A household game as a world to act in: reward 1 and the end when the goal is won, else 0.</summary>
/// <remarks>
/// An action that starts with <c>think:</c> changes nothing and is answered <c>OK.</c>, as the papers' runners do. Where the stop
/// rule ends the trial, its last observation is terminal and has no reward.
/// </remarks>
public sealed class HouseholdEnvironment : IReplayableEnvironment
{
    /// <summary>Asks for the admissible commands, where <see cref="HouseholdOptions.CommandList"/> allows it.</summary>
    public const string ListCommands = "commands";

    private const string Thinking = "think:";

    private readonly HouseholdWorld _world;
    private readonly HouseholdOptions _options;
    private HouseholdGame _game;
    private HouseholdWatch _watch;

    /// <summary>Creates an environment.</summary>
    /// <param name="world">The world; it may be shared.</param>
    /// <param name="options">How to play; null for the defaults. What concerns prompts and agents plays no part here.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public HouseholdEnvironment(HouseholdWorld world, HouseholdOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        _world = world;
        _options = options ?? new();
        _options.Validate();
        _game = new(world, _options.Game);
        _watch = new(_options.StopRule);
    }

    /// <summary>The game that is being played, with all that is hidden from the agent; a fresh one after each reset.</summary>
    public HouseholdGame Game => _game;

    /// <inheritdoc/>
    public ValueTask<Observation> ResetAsync(AgentTask task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        cancellationToken.ThrowIfCancellationRequested();
        _game = new(_world, _options.Game);
        _watch = new(_options.StopRule);
        return ValueTask.FromResult(Show(_game.InitialObservation));
    }

    /// <inheritdoc/>
    public ValueTask<Observation> StepAsync(AgentAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        cancellationToken.ThrowIfCancellationRequested();
        string text = action.Text.Trim();
        Observation seen = Show(Answer(text));
        string? end = _watch.Note(text, seen.Text);
        return ValueTask.FromResult(seen with { Reward = _game.IsWon ? 1 : 0, IsTerminal = _game.IsWon || end is not null });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string Answer(string text) =>
        text.StartsWith(Thinking, StringComparison.OrdinalIgnoreCase) ? "OK."
        : text == ListCommands && _options.CommandList == HouseholdCommandList.OnRequest ? Commands
        : _game.Step(text);

    private Observation Show(string text) => new(_options.CommandList == HouseholdCommandList.Always ? $"{text}\n{Commands}" : text);

    private string Commands => $"Admissible commands: {string.Join(", ", _game.AdmissibleCommands)}.";
}
