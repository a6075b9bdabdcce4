using System.Text.Json.Serialization;

namespace Reflexion.Environments;

/// <summary>A world as a line of <c>alfworld-games.jsonl</c> gives it.</summary>
internal sealed record WorldLine(
    [property: JsonRequired] string Id,
    [property: JsonRequired] string Task,
    [property: JsonRequired] WorldLine.GoalPart Goal,
    [property: JsonRequired] string StartLocation,
    [property: JsonRequired] WorldLine.ReceptaclePart[] Receptacles,
    [property: JsonRequired] WorldLine.ObjectPart[] Objects,
    [property: JsonRequired] Dictionary<string, string[]> CanContain,
    string[][]? ContainedIn,
    int? Index,
    WorldLine.MovePart[]? Walkthrough)
{
    internal sealed record GoalPart([property: JsonRequired] string Kind, [property: JsonRequired] string ObjectType, [property: JsonRequired] string TargetType);

    internal sealed record ReceptaclePart(
        [property: JsonRequired] string Name, [property: JsonRequired] string Type, [property: JsonRequired] string Location, bool Openable, bool Open);

    internal sealed record ObjectPart(
        [property: JsonRequired] string Name,
        [property: JsonRequired] string Type,
        string[]? Receptacles,
        bool Pickupable,
        bool Cleanable,
        bool Heatable,
        bool Coolable,
        bool Toggleable,
        bool Sliceable,
        bool IsContainer);

    internal sealed record MovePart([property: JsonRequired] string Action);
}
