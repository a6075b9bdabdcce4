using System.Numerics;

namespace Reflexion.Environments;

/// <summary>Whether a state wins the game.</summary>
internal sealed class HouseholdVictory
{
    private readonly HouseholdLayout _layout;
    private readonly HouseholdGoal _goal;

    /// <summary>Rows of facts that the object must be in.</summary>
    private readonly int[] _traits;

    /// <summary>Rows of the state that the object must be in.</summary>
    private readonly int[] _conditions;

    internal HouseholdVictory(HouseholdLayout layout)
    {
        _layout = layout;
        _goal = layout.World.Goal;
        (HouseholdTraits Trait, HouseholdConditions Condition)? treated = _goal.Kind switch
        {
            HouseholdTaskKind.CleanAndPlace => (HouseholdTraits.Cleanable, HouseholdConditions.Clean),
            HouseholdTaskKind.HeatAndPlace => (HouseholdTraits.Heatable, HouseholdConditions.Hot),
            HouseholdTaskKind.CoolAndPlace => (HouseholdTraits.Coolable, HouseholdConditions.Cool),
            _ => null,
        };
        (HouseholdTraits Trait, HouseholdConditions Condition)? sliced = _goal.RequiresSliced ? (HouseholdTraits.Sliceable, HouseholdConditions.Sliced) : null;
        (HouseholdTraits Trait, HouseholdConditions Condition)[] needs = [.. new[] { treated, sliced }.OfType<(HouseholdTraits, HouseholdConditions)>()];
        _traits = [layout.GoalObjects, .. needs.Select(need => layout.Trait(need.Trait))];
        _conditions = [.. needs.Select(need => layout.Condition(need.Condition))];
    }

    internal bool IsWon(HouseholdState state) =>
        (_goal.Kind == HouseholdTaskKind.LookInLight ? IsLit(state) : IsPlaced(state))
        && !(_goal.RequiresAllClosed && state.Bits.Row(_layout.Opened).ContainsAnyExcept(0UL));

    /// <summary>Whether an object is one of those the goal asks for, in the condition it asks for.</summary>
    internal bool IsWanted(HouseholdState state, int o) => (Wanted(state, o >> 6) >> (o & 63) & 1) != 0;

    private bool IsLit(HouseholdState state)
    {
        if (state.Held < 0 || !IsWanted(state, state.Held))
        {
            return false;
        }

        ReadOnlySpan<ulong> lamps = _layout.Facts.Row(_layout.GoalLamps);
        ReadOnlySpan<ulong> on = state.Bits.Row(_layout.Condition(HouseholdConditions.Toggled));
        foreach (int receptacle in _layout.Places.Receptacles[state.Location])
        {
            ReadOnlySpan<ulong> here = state.Bits.Row(HouseholdLayout.In(receptacle));
            for (int word = 0; word < lamps.Length; word++)
            {
                if ((lamps[word] & on[word] & here[word]) != 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsPlaced(HouseholdState state)
    {
        int needed = _goal.Kind == HouseholdTaskKind.PickTwoAndPlace ? 2 : 1;
        for (int receptacle = 0; receptacle < _layout.ReceptacleCount; receptacle++)
        {
            if (_layout.IsGoalReceptacle[receptacle] && CountWanted(state, receptacle) >= needed)
            {
                return true;
            }
        }

        return false;
    }

    private int CountWanted(HouseholdState state, int receptacle)
    {
        ReadOnlySpan<ulong> inside = state.Bits.Row(HouseholdLayout.In(receptacle));
        int words = _layout.Facts.Row(_layout.GoalObjects).Length;
        int count = 0;
        for (int word = 0; word < words; word++)
        {
            count += BitOperations.PopCount(Wanted(state, word) & inside[word]);
        }

        return count;
    }

    private ulong Wanted(HouseholdState state, int word)
    {
        ulong wanted = ulong.MaxValue;
        foreach (int row in _traits)
        {
            wanted &= _layout.Facts.Row(row)[word];
        }

        foreach (int row in _conditions)
        {
            wanted &= state.Bits.Row(row)[word];
        }

        return wanted;
    }
}
