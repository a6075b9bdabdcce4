using System.Collections.Immutable;

namespace Reflexion.Testing;

/// <summary>A world that answers from a script, step by step or by a function, and records what the actor did.</summary>
/// <remarks>
/// Strict where a step names the action it expects: another one is refused with an <see cref="UnexpectedActionException"/>.
/// Like every environment one instance serves one trial; a reset starts the script and the record anew.
/// <example>A recorded trial, replayed through an actor:
/// <code>
/// await using var world = new ScriptedEnvironment("You are in a kitchen.")
///     .Then("look", "You see a fridge.")
///     .Then("open fridge", new Observation("You won.") { Reward = 1, IsTerminal = true });
/// </code></example>
/// </remarks>
/// <param name="initial">What the actor sees first. Default: nothing.</param>
public sealed class ScriptedEnvironment(string initial = "") : IReplayableEnvironment
{
    private readonly Observation _initial = new(initial ?? throw new ArgumentNullException(nameof(initial)));
    private readonly List<(string? Expected, Observation Observation)> _steps = [];
    private readonly List<AgentAction> _actions = [];
    private Func<AgentAction, Observation>? _otherwise;
    private bool _isReset;

    /// <summary>What the actor did since the last reset, in order; an action that was refused is the last of them.</summary>
    public ImmutableArray<AgentAction> Actions => [.. _actions];

    /// <summary>How often the environment was reset.</summary>
    public int Resets { get; private set; }

    /// <summary>Whether the environment was disposed of, as every one must be when its trial ends.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Whether actions are compared ignoring case and white space at the ends. Default false: texts are equal.</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>Adds a step that takes any action.</summary>
    /// <param name="observation">What the actor sees.</param>
    public ScriptedEnvironment Then(string observation) => Then(new Observation(observation ?? throw new ArgumentNullException(nameof(observation))));

    /// <summary>Adds a step that takes any action.</summary>
    /// <param name="observation">What the actor sees.</param>
    public ScriptedEnvironment Then(Observation observation) => Add(null, observation);

    /// <summary>Adds a step that takes one action only.</summary>
    /// <param name="expected">The action's text.</param>
    /// <param name="observation">What the actor sees.</param>
    public ScriptedEnvironment Then(string expected, string observation) =>
        Then(expected, new Observation(observation ?? throw new ArgumentNullException(nameof(observation))));

    /// <summary>Adds a step that takes one action only.</summary>
    /// <param name="expected">The action's text.</param>
    /// <param name="observation">What the actor sees.</param>
    public ScriptedEnvironment Then(string expected, Observation observation) =>
        Add(expected ?? throw new ArgumentNullException(nameof(expected)), observation);

    /// <summary>Adds the steps of a recorded trial.</summary>
    /// <param name="steps">For each step the action it takes, or null for any, and what the actor sees.</param>
    public ScriptedEnvironment Then(IEnumerable<(string? Expected, Observation Observation)> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        foreach ((string? expected, Observation observation) in steps)
        {
            Add(expected, observation);
        }

        return this;
    }

    /// <summary>Says what happens once the script has ended, or at every step where it holds none.</summary>
    /// <param name="react">Makes the observation from the action.</param>
    public ScriptedEnvironment Otherwise(Func<AgentAction, Observation> react)
    {
        ArgumentNullException.ThrowIfNull(react);
        _otherwise = react;
        return this;
    }

    /// <inheritdoc/>
    public ValueTask<Observation> ResetAsync(AgentTask task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        _actions.Clear();
        _isReset = true;
        Resets++;
        return new(_initial);
    }

    /// <inheritdoc/>
    /// <exception cref="UnexpectedActionException">The script holds another action, or nothing more.</exception>
    /// <exception cref="InvalidOperationException">The environment was not reset.</exception>
    public ValueTask<Observation> StepAsync(AgentAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_isReset)
        {
            throw new InvalidOperationException($"Call {nameof(ResetAsync)} before the first {nameof(StepAsync)}.");
        }

        _actions.Add(action);
        return new(React(action, _actions.Count));
    }

    /// <summary>Throws where steps of the script were not reached.</summary>
    /// <exception cref="ScriptNotFinishedException">Steps are left.</exception>
    public void AssertAllPlayed()
    {
        if (_actions.Count < _steps.Count)
        {
            throw new ScriptNotFinishedException(_actions.Count, _steps.Count - _actions.Count);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return default;
    }

    private ScriptedEnvironment Add(string? expected, Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        _steps.Add((expected, observation));
        return this;
    }

    private Observation React(AgentAction action, int step)
    {
        if (step > _steps.Count)
        {
            return _otherwise?.Invoke(action) ?? throw new UnexpectedActionException(step, null, action);
        }

        (string? expected, Observation observation) = _steps[step - 1];
        return expected is null || IsSame(expected, action.Text) ? observation : throw new UnexpectedActionException(step, expected, action);
    }

    private bool IsSame(string expected, string actual) => IgnoresCase
        ? expected.AsSpan().Trim().Equals(actual.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase)
        : string.Equals(expected, actual, StringComparison.Ordinal);
}
