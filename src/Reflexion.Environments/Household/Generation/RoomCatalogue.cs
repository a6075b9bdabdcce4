using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>What a sort of room is furnished with.</summary>
/// <param name="Kind">The sort of room.</param>
/// <param name="Receptacles">The receptacles.</param>
/// <param name="Objects">The objects.</param>
internal sealed record RoomCatalogue(RoomKind Kind, ImmutableArray<ReceptacleEntry> Receptacles, ImmutableArray<ObjectEntry> Objects)
{
    private static readonly ImmutableArray<RoomCatalogue> Rooms = [KitchenCatalogue.Room, LivingRoomCatalogue.Room, BedroomCatalogue.Room, BathroomCatalogue.Room];

    /// <summary>Every sort of room, by its number.</summary>
    internal static ImmutableArray<RoomCatalogue> All => Rooms;

    /// <summary>The furnishing of a sort of room.</summary>
    internal static RoomCatalogue Of(RoomKind kind) => Rooms[(int)kind];

    /// <summary>The entry of a type of receptacles, or null where such rooms have none.</summary>
    internal ReceptacleEntry? Receptacle(string type) => Receptacles.FirstOrDefault(entry => entry.Type == type);
}
