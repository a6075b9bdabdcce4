using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>All tasks that the catalogue of rooms allows.</summary>
internal static class ErrandCatalogue
{
    private const string Lamp = "desklamp";

    /// <summary>For each kind the rooms, for each room the objects, for each object its targets.</summary>
    private static readonly ImmutableArray<Errand[][][]> Kinds = [.. HouseholdTaskKinds.All.Select(OfKind)];

    /// <summary>Draws a task: first the room, then the object, then the target, each as likely as the others.</summary>
    internal static Errand Draw(HouseholdTaskKind kind, SplitMix random) => random.Pick(random.Pick(random.Pick(Kinds[(int)kind])));

    /// <summary>Every task of a kind.</summary>
    internal static IEnumerable<Errand> All(HouseholdTaskKind kind) => Kinds[(int)kind].SelectMany(room => room).SelectMany(errands => errands);

    private static Errand[][][] OfKind(HouseholdTaskKind kind) => [.. RoomCatalogue.All.Select(room => InRoom(kind, room)).Where(room => room.Length > 0)];

    private static Errand[][] InRoom(HouseholdTaskKind kind, RoomCatalogue room) =>
        [.. room.Objects.Select(thing => About(kind, room, thing)).Where(errands => errands.Length > 0)];

    private static Errand[] About(HouseholdTaskKind kind, RoomCatalogue room, ObjectEntry thing)
    {
        (HouseholdTraits needs, string? tool) = Step(kind);
        return thing.Has(needs) && (tool is null || room.Receptacle(tool) is { Percent: 100 })
            ? [.. Targets(kind, room, thing).Where(target => target != tool).Select(target => new Errand(kind, room, thing, target)).Where(IsPossible)]
            : [];
    }

    private static IEnumerable<string> Targets(HouseholdTaskKind kind, RoomCatalogue room, ObjectEntry thing) => kind == HouseholdTaskKind.LookInLight
        ? room.Objects.Where(entry => entry.Type == Lamp).Select(entry => entry.Type)
        : room.Receptacles.Select(entry => entry.Type).Where(type => FitCatalogue.MayHold(type, thing.Type));

    private static bool IsPossible(Errand errand) => errand.Thing.Max >= errand.Needed && !errand.Sources.IsEmpty;

    /// <summary>What the object must allow, and which receptacle does it.</summary>
    private static (HouseholdTraits Needs, string? Tool) Step(HouseholdTaskKind kind) => kind switch
    {
        HouseholdTaskKind.CleanAndPlace => (HouseholdTraits.Pickupable | HouseholdTraits.Cleanable, "sinkbasin"),
        HouseholdTaskKind.HeatAndPlace => (HouseholdTraits.Pickupable | HouseholdTraits.Heatable, "microwave"),
        HouseholdTaskKind.CoolAndPlace => (HouseholdTraits.Pickupable | HouseholdTraits.Coolable, "fridge"),
        _ => (HouseholdTraits.Pickupable, null),
    };
}
