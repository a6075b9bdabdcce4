using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>A running game with the rules and texts of ALFWorld's engine. Not thread-safe; clones are independent of each other.</summary>
/// <remarks>
/// The game has no end of its own: it answers after it was won too, and does not count steps. What cannot be done answers
/// <c>Nothing happens.</c> and changes nothing.
/// </remarks>
public sealed class HouseholdGame
{
    private readonly HouseholdTexts _texts;
    private readonly List<HouseholdAction> _actions = new(64);

    /// <summary>Starts a game.</summary>
    /// <param name="world">The world; shared by any number of games.</param>
    /// <param name="options">In which words to play; null for those of the papers.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option has a value that is none.</exception>
    public HouseholdGame(HouseholdWorld world, HouseholdGameOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        options ??= new();
        options.Validate();
        Layout = world.LayoutFor(options.Grammar);
        State = Layout.Start();
        _texts = new(Layout, options.Wording);
    }

    private HouseholdGame(HouseholdGame other)
    {
        Layout = other.Layout;
        State = other.State.Clone();
        _texts = new(Layout, other._texts.Wording);
    }

    /// <summary>The world the game is played in. It tells everything, also what the agent has not seen.</summary>
    public HouseholdWorld World => Layout.World;

    /// <summary>What the player sees before the first command: the room and the task.</summary>
    public string InitialObservation => _texts.Start();

    /// <summary>Whether the goal holds now. Actions can undo it.</summary>
    public bool IsWon => Victory.IsWon(State);

    /// <summary>The commands that can be given now, in ordinal order, in a new list.</summary>
    public ImmutableArray<string> AdmissibleCommands
    {
        get
        {
            Layout.Admissible.List(State, _actions);
            var commands = ImmutableArray.CreateBuilder<string>(_actions.Count);
            foreach (HouseholdAction action in _actions)
            {
                commands.Add(Layout.Commands.TextOf(action));
            }

            return commands.MoveToImmutable();
        }
    }

    internal HouseholdLayout Layout { get; }

    internal HouseholdState State { get; }

    internal HouseholdRules Rules => Layout.Rules;

    internal HouseholdVictory Victory => Layout.Victory;

    /// <summary>Lists the commands that can be given now, in ordinal order, without allocating once the list is large enough.</summary>
    /// <param name="commands">The list to fill; it is emptied first.</param>
    public void ListAdmissibleCommands(IList<string> commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        commands.Clear();
        Layout.Admissible.List(State, _actions);
        foreach (HouseholdAction action in _actions)
        {
            commands.Add(Layout.Commands.TextOf(action));
        }
    }

    /// <summary>Carries out a command.</summary>
    /// <param name="command">The command, exactly as it is among the admissible ones; white space around it does not matter.</param>
    /// <returns>What the engine says.</returns>
    public string Step(string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (!Layout.Commands.TryRead(command.AsSpan().Trim(), out HouseholdAction action) || !Rules.IsAdmissible(State, action))
        {
            return HouseholdTexts.Nothing;
        }

        Rules.Apply(State, action);
        return _texts.After(State, action);
    }

    /// <summary>Makes a game in the same state that goes its own way.</summary>
    public HouseholdGame Clone() => new(this);
}
