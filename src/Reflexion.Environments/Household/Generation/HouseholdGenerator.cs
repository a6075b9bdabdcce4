using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>Makes any number of new worlds: kitchens, living rooms, bedrooms and bathrooms with the kinds of things that ALFWorld's have.</summary>
/// <remarks>
/// <para>
/// A seed, a part (<see cref="HouseholdSplit"/>) and a kind of task give one world, the same on every platform. The planner has solved every world
/// before it is handed out, and none is won at the start.
/// </para>
/// <para>Immutable and safe to share between threads.</para>
/// </remarks>
public sealed class HouseholdGenerator
{
    private const ulong KindUse = 1;
    private const ulong WorldUse = 2;

    private static readonly FrozenDictionary<RoomKind, KeyValuePair<string, IEnumerable<string>>[]> Fits = RoomCatalogue.All.ToFrozenDictionary(
        room => room.Kind,
        room => room.Receptacles.Select(entry => KeyValuePair.Create(entry.Type, (IEnumerable<string>)FitCatalogue.HeldBy(entry.Type))).ToArray());

    private readonly HouseholdSplit _split;
    private readonly ImmutableArray<HouseholdTaskKind> _kinds;
    private readonly int[] _weights;

    /// <summary>Creates a generator.</summary>
    /// <param name="options">Which worlds to make; null for the defaults.</param>
    /// <exception cref="ArgumentNullException">The weights are null.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public HouseholdGenerator(HouseholdGeneratorOptions? options = null)
    {
        options ??= new();
        options.Validate();
        _split = options.Split;
        _kinds = [.. options.Weights.Keys.Order()];
        _weights = [.. _kinds.Select(kind => options.Weights[kind])];
    }

    /// <summary>Makes the world of a seed; its kind of task is drawn by the weights of the options.</summary>
    /// <param name="seed">Any number.</param>
    /// <returns>The world; its id tells part, task and seed.</returns>
    public HouseholdWorld Generate(long seed) => Generate(_kinds[SplitMix.For(seed, KindUse).PickWeighted(_weights)], seed);

    /// <summary>Makes the world of a seed with a task of a kind.</summary>
    /// <param name="kind">The kind of task, whatever its weight.</param>
    /// <param name="seed">Any number.</param>
    /// <returns>The world; its id tells part, task and seed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is no kind.</exception>
    public HouseholdWorld Generate(HouseholdTaskKind kind, long seed)
    {
        _ = HouseholdTaskKinds.NameOf(kind);
        for (ulong attempt = 0; ; attempt++)
        {
            HouseholdWorld world = Draw(kind, seed, SplitMix.For(seed, WorldUse, (ulong)_split, (ulong)kind, attempt));
            var game = new HouseholdGame(world);
            if (!game.IsWon && HouseholdPlanner.Plan(game).IsSolvable)
            {
                return world;
            }
        }
    }

    /// <summary>Makes one world after the other, as they are asked for.</summary>
    /// <param name="count">How many; at least 0.</param>
    /// <param name="firstSeed">The first seed; the others follow it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public IEnumerable<HouseholdWorld> GenerateMany(int count, long firstSeed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Enumerable.Range(0, count).Select(offset => Generate(unchecked(firstSeed + offset)));
    }

    private HouseholdWorld Draw(HouseholdTaskKind kind, long seed, SplitMix random)
    {
        Errand errand = ErrandCatalogue.Draw(kind, random);
        var floor = new FloorPlan(RoomPlan.Draw(errand.Room, Required(errand, random), _split, random), random);
        ImmutableArray<HouseholdObject> objects = new Furnishing(errand, floor, random).Objects();
        string id = $"generated/{_split.ToString().ToLowerInvariant()}/{HouseholdTaskKinds.NameOf(kind)}-{errand.Thing.Type}-{errand.Target}/{seed}";
        return new(id, errand.Words(random.Below(2)), new(kind, errand.Thing.Type, errand.Target), floor.StartLocation, floor.Receptacles, objects, Fits[errand.Room.Kind]);
    }

    /// <summary>The target, and a place for the object to be; for a lamp, a place for the lamp.</summary>
    private static string[] Required(Errand errand, SplitMix random)
    {
        ObjectEntry? lamp = errand.Room.Objects.FirstOrDefault(entry => entry.Type == errand.Target);
        string target = lamp is null ? errand.Target : DrawPlace(lamp.Places, random);
        return [target, DrawPlace(errand.Sources, random)];
    }

    private static string DrawPlace(ImmutableArray<Place> places, SplitMix random) =>
        places[random.PickWeighted([.. places.Select(place => place.Weight)])].ReceptacleType;
}
