using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>The receptacles of a room, each with its name and where one stands to use it.</summary>
internal sealed class FloorPlan
{
    private const int NeighboursPercent = 8;
    private const int CoffeeMachineOnCounterPercent = 50;
    private const int ShelfAboveDeskPercent = 40;
    private readonly RoomPlan _plan;
    private readonly int[] _first;

    internal FloorPlan(RoomPlan plan, SplitMix random)
    {
        _plan = plan;
        _first = FirstOf(plan.Counts);
        int[] places = PlacesOf(plan, random, out int count);
        CoffeeMachineMeetsCounter(places, random);
        int[] locations = [.. Enumerable.Range(1, count + 1)];
        random.Shuffle<int>(locations);
        StartLocation = locations[count];
        Receptacles = [.. plan.Room.Receptacles.SelectMany((entry, type) => Name(entry.Type, type, places, locations))];
        Twins = TwinsOf(random);
    }

    /// <summary>The receptacles in the order of ALFWorld's lists.</summary>
    internal ImmutableArray<HouseholdReceptacle> Receptacles { get; }

    /// <summary>Where the agent starts; no receptacle is there.</summary>
    internal int StartLocation { get; }

    /// <summary>Receptacles so close to each other that what is on one is often on the other as well.</summary>
    internal ImmutableArray<(int One, int Other)> Twins { get; }

    /// <summary>How many receptacles of a type there are.</summary>
    internal int Count(string type) => TypeOf(type) is >= 0 and int index ? _plan.Counts[index] : 0;

    /// <summary>Draws a receptacle of a type that the room has.</summary>
    internal int Draw(string type, SplitMix random)
    {
        int index = TypeOf(type);
        return _first[index] + random.Below(_plan.Counts[index]);
    }

    private int TypeOf(string type)
    {
        ImmutableArray<ReceptacleEntry> entries = _plan.Room.Receptacles;
        int index = entries.Length - 1;
        while (index >= 0 && entries[index].Type != type)
        {
            index--;
        }

        return index;
    }

    private static int[] FirstOf(ImmutableArray<int> counts)
    {
        int[] first = new int[counts.Length];
        for (int type = 1; type < first.Length; type++)
        {
            first[type] = first[type - 1] + counts[type - 1];
        }

        return first;
    }

    /// <summary>One place a receptacle, except for burners, which go in pairs, and for some neighbours.</summary>
    private static int[] PlacesOf(RoomPlan plan, SplitMix random, out int count)
    {
        var places = new List<int>();
        count = 0;
        for (int type = 0; type < plan.Counts.Length; type++)
        {
            string name = plan.Room.Receptacles[type].Type;
            for (int index = 0; index < plan.Counts[type]; index++)
            {
                bool shares = index > 0 && name switch
                {
                    "stoveburner" => index % 2 == 1,
                    "cabinet" or "drawer" => random.Chance(NeighboursPercent),
                    _ => false,
                };
                places.Add(shares ? count - 1 : count++);
            }
        }

        return [.. places];
    }

    /// <summary>The machine moves to the counter's place; its own stays empty, which is a number that no receptacle has.</summary>
    private void CoffeeMachineMeetsCounter(int[] places, SplitMix random)
    {
        if (Count("coffeemachine") > 0 && random.Chance(CoffeeMachineOnCounterPercent))
        {
            places[Draw("coffeemachine", random)] = places[Draw("countertop", random)];
        }
    }

    private IEnumerable<HouseholdReceptacle> Name(string type, int index, int[] places, int[] locations)
    {
        bool isOpenable = ObjectCatalogue.IsOpenable(type);
        int count = _plan.Counts[index];
        return Enumerable.Range(0, count).Select(offset =>
            new HouseholdReceptacle($"{type} {count - offset}", type, locations[places[_first[index] + offset]]) { IsOpenable = isOpenable });
    }

    private ImmutableArray<(int One, int Other)> TwinsOf(SplitMix random)
    {
        var twins = ImmutableArray.CreateBuilder<(int One, int Other)>();
        for (int one = 0; one < Receptacles.Length; one++)
        {
            for (int other = one + 1; other < Receptacles.Length; other++)
            {
                if (Receptacles[one].Location == Receptacles[other].Location && !Receptacles[one].IsOpenable)
                {
                    twins.Add((one, other));
                }
            }
        }

        if (Count("desk") > 0 && Count("shelf") > 0 && random.Chance(ShelfAboveDeskPercent))
        {
            twins.Add((Draw("desk", random), Draw("shelf", random)));
        }

        return twins.DrainToImmutable();
    }
}
