using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>Puts objects into a room.</summary>
/// <remarks>
/// Objects of the task are put where they leave something to do. Objects in a fridge may be cool. What stands on one of two twins often stands
/// on the other as well, as in ALFWorld's own games, whose objects are where their outlines are.
/// </remarks>
internal sealed class Furnishing(Errand errand, FloorPlan floor, SplitMix random)
{
    private const int TwinPercent = 60;
    private const int CoolInFridgePercent = 25;
    private const int FilledDishPercent = 4;
    private const int HalfDonePercent = 15;
    private readonly List<(ObjectEntry Entry, int Number, int Place)> _placed = [];

    internal ImmutableArray<HouseholdObject> Objects()
    {
        foreach (ObjectEntry entry in errand.Room.Objects)
        {
            Put(entry, CountOf(entry));
        }

        return [.. _placed.Select(Describe)];
    }

    private int CountOf(ObjectEntry entry)
    {
        bool isPresent = random.Chance(entry.Percent);
        int drawn = 1 + random.Below(entry.Max);
        return entry == errand.Thing ? Math.Max(drawn, errand.Needed)
            : isPresent || entry.Type == errand.Target ? drawn
            : 0;
    }

    private void Put(ObjectEntry entry, int count)
    {
        ImmutableArray<Place> places = entry == errand.Thing ? errand.Sources : entry.Places;
        Span<int> weights = stackalloc int[places.Length];
        int total = 0;
        for (int index = 0; index < weights.Length; index++)
        {
            weights[index] = floor.Count(places[index].ReceptacleType) > 0 ? places[index].Weight : 0;
            total += weights[index];
        }

        // A room without any of its places does without the thing; a task's own place is always there.
        for (int number = total == 0 ? 0 : count; number > 0; number--)
        {
            string type = IsHalfDone(entry, number) ? errand.Target : places[random.PickWeighted(weights)].ReceptacleType;
            _placed.Add((entry, number, floor.Draw(type, random)));
        }
    }

    /// <summary>Where two objects are to be brought together, one of them may be there already.</summary>
    private bool IsHalfDone(ObjectEntry entry, int number) =>
        number == 1 && entry == errand.Thing && errand.Kind == HouseholdTaskKind.PickTwoAndPlace && random.Chance(HalfDonePercent);

    private HouseholdObject Describe((ObjectEntry Entry, int Number, int Place) placed)
    {
        ObjectEntry entry = placed.Entry;
        HouseholdReceptacle receptacle = floor.Receptacles[placed.Place];
        bool isCool = receptacle.Type == "fridge" && entry.Has(HouseholdTraits.Coolable) && random.Chance(CoolInFridgePercent);
        return new(NameOf(placed.Entry, placed.Number), entry.Type, entry.Traits)
        {
            Receptacles = TwinOf(placed.Place, entry) is { } twin ? [receptacle.Name, twin] : [receptacle.Name],
            Conditions = isCool ? HouseholdConditions.Cool : HouseholdConditions.None,
            Contents = entry.Has(HouseholdTraits.Container) && random.Chance(FilledDishPercent) ? ContentsAt(placed.Place) : [],
        };
    }

    private string? TwinOf(int place, ObjectEntry entry)
    {
        foreach ((int one, int other) in floor.Twins)
        {
            if (place == one || place == other)
            {
                HouseholdReceptacle twin = floor.Receptacles[place == one ? other : one];
                return !IsGoal(entry, twin.Type) && FitsTwin(entry, twin.Type) && random.Chance(TwinPercent) ? twin.Name : null;
            }
        }

        return null;
    }

    private bool IsGoal(ObjectEntry entry, string type) => entry == errand.Thing && errand.IsDoneByPlace && type == errand.Target;

    /// <summary>Fixed things stand on anything; the others where they can be put back.</summary>
    private static bool FitsTwin(ObjectEntry entry, string type) => !entry.Has(HouseholdTraits.Pickupable) || FitCatalogue.MayHold(type, entry.Type);

    private ImmutableArray<string> ContentsAt(int place) =>
        [.. _placed.Where(other => other.Place == place && ObjectCatalogue.IsSmall(other.Entry.Type)).Take(1).Select(other => NameOf(other.Entry, other.Number))];

    private static string NameOf(ObjectEntry entry, int number) => $"{entry.Type} {number}";
}
