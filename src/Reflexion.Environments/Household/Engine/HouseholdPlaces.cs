namespace Reflexion.Environments;

/// <summary>The locations of a world, numbered from 0, with what is there.</summary>
internal sealed class HouseholdPlaces
{
    private readonly int[] _numbers;

    internal HouseholdPlaces(HouseholdWorld world)
    {
        var objects = world.Objects.SelectMany(thing => thing.Locations ?? []);
        _numbers = [.. world.Receptacles.Select(receptacle => receptacle.Location).Append(world.StartLocation).Concat(objects).Distinct().Order()];
        OfReceptacle = [.. world.Receptacles.Select(receptacle => IndexOf(receptacle.Location))];
        ILookup<int, int> at = OfReceptacle.Select((location, receptacle) => (location, receptacle)).ToLookup(pair => pair.location, pair => pair.receptacle);
        Receptacles = [.. Enumerable.Range(0, Count).Select(location => at[location].ToArray())];
        ReceptaclesByName = [.. Receptacles.Select(here => here.OrderBy(receptacle => world.Receptacles[receptacle].Name, StringComparer.Ordinal).ToArray())];
    }

    internal int Count => _numbers.Length;

    /// <summary>The location of each receptacle.</summary>
    internal int[] OfReceptacle { get; }

    /// <summary>The receptacles at each location, as observations list them.</summary>
    internal int[][] Receptacles { get; }

    /// <summary>The receptacles at each location, as commands sort.</summary>
    internal int[][] ReceptaclesByName { get; }

    /// <summary>The world's number of a location.</summary>
    internal int NumberOf(int location) => _numbers[location];

    internal int IndexOf(int number) => Array.BinarySearch(_numbers, number);
}
