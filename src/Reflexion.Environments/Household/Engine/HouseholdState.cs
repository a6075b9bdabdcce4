namespace Reflexion.Environments;

/// <summary>Everything about a game that changes. Rows of <see cref="Bits"/> are numbered by the game's <see cref="HouseholdLayout"/>.</summary>
internal sealed class HouseholdState
{
    internal HouseholdState(BitTable bits, int location)
    {
        Bits = bits;
        Location = location;
    }

    private HouseholdState(HouseholdState other)
    {
        Bits = other.Bits.Clone();
        Location = other.Location;
        Held = other.Held;
    }

    internal BitTable Bits { get; }

    /// <summary>The number in the layout of the place the agent is at.</summary>
    internal int Location { get; set; }

    /// <summary>The object in the agent's hands, or -1.</summary>
    internal int Held { get; set; } = -1;

    internal HouseholdState Clone() => new(this);

    internal void CopyFrom(HouseholdState other)
    {
        Bits.CopyFrom(other.Bits);
        Location = other.Location;
        Held = other.Held;
    }

    internal bool HasSameValue(HouseholdState other) =>
        Location == other.Location && Held == other.Held && Bits.Words.SequenceEqual(other.Bits.Words);

    internal int ValueHash()
    {
        var hash = new HashCode();
        hash.Add(Location);
        hash.Add(Held);
        foreach (ulong word in Bits.Words)
        {
            hash.Add(word);
        }

        return hash.ToHashCode();
    }
}
