using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>A task before there is a world for it.</summary>
/// <param name="Kind">The kind of task.</param>
/// <param name="Room">The sort of room it is done in.</param>
/// <param name="Thing">The object it is about.</param>
/// <param name="Target">The type of the receptacle or the lamp.</param>
internal sealed record Errand(HouseholdTaskKind Kind, RoomCatalogue Room, ObjectEntry Thing, string Target)
{
    /// <summary>How many objects the task needs.</summary>
    internal int Needed => Kind == HouseholdTaskKind.PickTwoAndPlace ? 2 : 1;

    /// <summary>Whether an object that lies in the target already would do a part of the task, or all of it.</summary>
    internal bool IsDoneByPlace => Kind is HouseholdTaskKind.PickAndPlace or HouseholdTaskKind.PickTwoAndPlace;

    /// <summary>Where the object may lie at the start.</summary>
    internal ImmutableArray<Place> Sources => IsDoneByPlace ? Thing.Places.RemoveAll(place => place.ReceptacleType == Target) : Thing.Places;

    /// <summary>The task in words; <paramref name="variant"/> 0 or 1 chooses between two ways to say it.</summary>
    internal string Words(int variant) => (Kind, variant) switch
    {
        (HouseholdTaskKind.PickAndPlace, 0) => $"put a {Thing.Type} in {Target}",
        (HouseholdTaskKind.PickAndPlace, _) => $"put some {Thing.Type} on {Target}",
        (HouseholdTaskKind.LookInLight, 0) => $"look at {Thing.Type} under the {Target}",
        (HouseholdTaskKind.LookInLight, _) => $"examine the {Thing.Type} with the {Target}",
        (HouseholdTaskKind.CleanAndPlace, 0) => $"put a clean {Thing.Type} in {Target}",
        (HouseholdTaskKind.CleanAndPlace, _) => $"clean some {Thing.Type} and put it in {Target}",
        (HouseholdTaskKind.HeatAndPlace, 0) => $"put a hot {Thing.Type} in {Target}",
        (HouseholdTaskKind.HeatAndPlace, _) => $"heat some {Thing.Type} and put it in {Target}",
        (HouseholdTaskKind.CoolAndPlace, 0) => $"put a cool {Thing.Type} in {Target}",
        (HouseholdTaskKind.CoolAndPlace, _) => $"cool some {Thing.Type} and put it in {Target}",
        (_, 0) => $"put two {Thing.Type} in {Target}",
        _ => $"find two {Thing.Type} and put them in {Target}",
    };
}
