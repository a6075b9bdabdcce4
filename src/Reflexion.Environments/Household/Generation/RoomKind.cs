namespace Reflexion.Environments;

/// <summary>The sorts of rooms there are.</summary>
internal enum RoomKind
{
    Kitchen,
    LivingRoom,
    Bedroom,
    Bathroom,
}
