namespace Reflexion.Environments;

/// <summary>What can be done in a state of a game, and what comes of it. Stateless and safe to share.</summary>
internal sealed class HouseholdRules(HouseholdLayout layout)
{
    /// <summary>Whether an action can be done; one that cannot changes nothing.</summary>
    internal bool IsAdmissible(HouseholdState state, HouseholdAction action)
    {
        (HouseholdVerb verb, int o, int target) = action;
        return verb switch
        {
            HouseholdVerb.Look or HouseholdVerb.Inventory => true,
            HouseholdVerb.Help => layout.Grammar == HouseholdGrammar.MoveTo,
            HouseholdVerb.GoTo => !IsHere(state, target),
            HouseholdVerb.ExamineReceptacle => IsHere(state, target),
            HouseholdVerb.ExamineObject => state.Held == o,
            HouseholdVerb.Open => IsHere(state, target) && layout.Openable[target] && !state.Bits[layout.Opened, target],
            HouseholdVerb.Close => IsHere(state, target) && layout.Openable[target] && state.Bits[layout.Opened, target],
            HouseholdVerb.Take => state.Held < 0 && IsReachable(state, target) && state.Bits[HouseholdLayout.In(target), o] && Has(o, HouseholdTraits.Pickupable),
            HouseholdVerb.Put or HouseholdVerb.Move =>
                verb == layout.PlaceVerb && state.Held == o && IsReachable(state, target) && layout.Facts[HouseholdLayout.Fits(target), o],
            HouseholdVerb.Use => Has(o, HouseholdTraits.Toggleable) && LiesHere(state, o),
            HouseholdVerb.Slice => state.Held == target && layout.Facts[layout.Knives, target]
                && Has(o, HouseholdTraits.Sliceable) && state.Bits[layout.At(state.Location), o],
            _ => CanTreat(state, layout.Tools[verb], o, target),
        };
    }

    /// <summary>Does an action that is admissible.</summary>
    internal void Apply(HouseholdState state, HouseholdAction action)
    {
        (HouseholdVerb verb, int o, int target) = action;
        BitTable bits = state.Bits;
        switch (verb)
        {
            case HouseholdVerb.GoTo:
                state.Location = layout.Places.OfReceptacle[target];
                break;
            case HouseholdVerb.Open or HouseholdVerb.Close:
                bits[layout.Opened, target] = verb == HouseholdVerb.Open;
                break;
            case HouseholdVerb.Take or HouseholdVerb.Put or HouseholdVerb.Move:
                bool taken = verb == HouseholdVerb.Take;
                state.Held = taken ? o : -1;
                bits[HouseholdLayout.In(target), o] = !taken;
                bits[layout.TakenFrom(target), o] = taken;
                bits[layout.At(state.Location), o] = !taken;
                break;
            case HouseholdVerb.Use:
                bits[layout.Condition(HouseholdConditions.Toggled), o] = true;
                break;
            case HouseholdVerb.Slice:
                bits[layout.Condition(HouseholdConditions.Sliced), o] = true;
                break;
            case HouseholdVerb.Clean or HouseholdVerb.Heat or HouseholdVerb.Cool:
                Treat(bits, layout.Tools[verb], o);
                break;
        }
    }

    /// <summary>Whether an object lies in some receptacle at the agent's location, open or closed.</summary>
    internal bool LiesHere(HouseholdState state, int o)
    {
        foreach (int receptacle in layout.Places.Receptacles[state.Location])
        {
            if (state.Bits[HouseholdLayout.In(receptacle), o])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the agent stands before a receptacle and no door is shut.</summary>
    internal bool IsReachable(HouseholdState state, int receptacle) =>
        IsHere(state, receptacle) && (!layout.Openable[receptacle] || state.Bits[layout.Opened, receptacle]);

    private bool IsHere(HouseholdState state, int receptacle) => layout.Places.OfReceptacle[receptacle] == state.Location;

    private bool Has(int o, HouseholdTraits trait) => layout.Facts[layout.Trait(trait), o];

    private bool CanTreat(HouseholdState state, HouseholdTool tool, int o, int receptacle) =>
        state.Held == o && IsHere(state, receptacle) && tool.Does[receptacle] && layout.Facts[tool.Needs, o];

    private static void Treat(BitTable bits, HouseholdTool tool, int o)
    {
        bits[tool.Gives, o] = true;
        if (tool.Ends is { } ended)
        {
            bits[ended, o] = false;
        }
    }
}
