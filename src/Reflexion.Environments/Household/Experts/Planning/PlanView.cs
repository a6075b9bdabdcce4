namespace Reflexion.Environments;

/// <summary>A state of a game, as the stages of a plan look at it.</summary>
internal sealed class PlanView(HouseholdLayout layout, HouseholdState state)
{
    internal HouseholdLayout Layout => layout;

    internal HouseholdWorld World => layout.World;

    internal HouseholdState State => state;

    internal int Held => state.Held;

    internal bool IsIn(int o, int receptacle) => state.Bits[HouseholdLayout.In(receptacle), o];

    internal bool IsAt(int o, int receptacle) => state.Bits[layout.At(layout.Places.OfReceptacle[receptacle]), o];

    internal bool Is(int o, HouseholdConditions condition) => state.Bits[layout.Condition(condition), o];

    internal bool Has(int o, HouseholdTraits traits) => World.Objects[o].Traits.HasFlag(traits);

    internal bool MayHold(int receptacle, int o) => layout.Facts[HouseholdLayout.Fits(receptacle), o];

    internal bool IsHere(int receptacle) => layout.Places.OfReceptacle[receptacle] == state.Location;

    internal bool IsOpen(int receptacle) => state.Bits[layout.Opened, receptacle];

    /// <summary>Whether a door must be opened to get at what is in a receptacle.</summary>
    internal bool IsShut(int receptacle) => layout.Openable[receptacle] && !IsOpen(receptacle);
}
