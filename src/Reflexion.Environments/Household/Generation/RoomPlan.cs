using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>How many receptacles of each type a room has. It alone decides which part of the generated worlds a room belongs to.</summary>
internal sealed class RoomPlan
{
    private const int Classes = 8;
    private static readonly int ClassesToTrain = Classes - Enum.GetValues<HouseholdSplit>().Length + 1;

    private RoomPlan(RoomCatalogue room, ImmutableArray<int> counts)
    {
        Room = room;
        Counts = counts;
    }

    internal RoomCatalogue Room { get; }

    /// <summary>The number of receptacles of each of the room's types.</summary>
    internal ImmutableArray<int> Counts { get; }

    internal HouseholdSplit Split => SplitOf(Room.Receptacles.Select((entry, index) => (entry.Type, Counts[index])));

    /// <summary>Draws plans until one falls into the part that is asked for.</summary>
    /// <param name="room">The sort of room.</param>
    /// <param name="required">Types of which there must be at least one.</param>
    /// <param name="split">The part.</param>
    /// <param name="random">Where chance comes from.</param>
    internal static RoomPlan Draw(RoomCatalogue room, IReadOnlyCollection<string> required, HouseholdSplit split, SplitMix random)
    {
        RoomPlan plan;
        do
        {
            plan = new(room, [.. room.Receptacles.Select(entry => Draw(entry, required.Contains(entry.Type), random))]);
        }
        while (plan.Split != split);
        return plan;
    }

    /// <summary>The part of a floor plan, from the number of receptacles of each type, in the order of the types' names.</summary>
    internal static HouseholdSplit SplitOf(IEnumerable<(string Type, int Count)> plan)
    {
        ulong hash = 0;
        foreach ((string type, int count) in plan)
        {
            if (count > 0)
            {
                foreach (char letter in type)
                {
                    hash = (hash ^ letter) * 0x100000001B3;
                }

                hash = SplitMix.Mix(hash + (ulong)count);
            }
        }

        int drawn = (int)(hash % Classes);
        return drawn < ClassesToTrain ? HouseholdSplit.Train : (HouseholdSplit)(drawn - ClassesToTrain + 1);
    }

    private static int Draw(ReceptacleEntry entry, bool isRequired, SplitMix random) =>
        random.Chance(entry.Percent) || isRequired ? random.Between(entry.Min, entry.Max) : 0;
}
