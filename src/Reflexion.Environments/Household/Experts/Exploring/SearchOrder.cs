using System.Collections.Frozen;

namespace Reflexion.Environments;

/// <summary>Where to look first: what is generally known of rooms, nothing of the present one but its furniture.</summary>
internal sealed class SearchOrder
{
    /// <summary>For places that would do for the thing, though it is not usual there; and for all others.</summary>
    private const double Unusual = 0.4;
    private const double Odd = 0.05;

    private readonly FrozenDictionary<string, int> _counts;
    private readonly RoomCatalogue _room;

    internal SearchOrder(IReadOnlyCollection<SeenReceptacle> receptacles)
    {
        _counts = receptacles.CountBy(receptacle => receptacle.Type).ToFrozenDictionary();
        _room = RoomCatalogue.All.MaxBy(room => room.Receptacles.Count(entry => _counts.ContainsKey(entry.Type)))!;
    }

    /// <summary>How likely one finds a thing of a type in a receptacle, for each move that it takes to look.</summary>
    internal double Promise(SeenReceptacle receptacle, string thingType)
    {
        int moves = ObjectCatalogue.IsOpenable(receptacle.Type) ? 2 : 1;
        return Likelihood(receptacle.Type, thingType) / _counts[receptacle.Type] / moves;
    }

    private double Likelihood(string receptacleType, string thingType)
    {
        ObjectEntry? entry = Entry(_room, thingType) ?? RoomCatalogue.All.Select(room => Entry(room, thingType)).FirstOrDefault(found => found is not null);
        int weight = entry?.Places.FirstOrDefault(place => place.ReceptacleType == receptacleType).Weight ?? 0;
        return weight > 0 ? weight : FitCatalogue.MayHold(receptacleType, thingType) ? Unusual : Odd;
    }

    private static ObjectEntry? Entry(RoomCatalogue room, string thingType) => room.Objects.FirstOrDefault(entry => entry.Type == thingType);
}
