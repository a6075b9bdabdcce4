using System.Numerics;

namespace Reflexion.Environments;

/// <summary>A world in numbers: receptacles, objects and locations are indices, sets are rows of bits. Immutable, and shared by all games in the world.</summary>
internal sealed class HouseholdLayout
{
    private static readonly HouseholdConditions[] AllConditions = [.. Enum.GetValues<HouseholdConditions>().Skip(1)];
    private static readonly HouseholdTraits[] AllTraits = [.. Enum.GetValues<HouseholdTraits>().Skip(1)];

    private readonly HouseholdState _start;

    internal HouseholdLayout(HouseholdWorld world, HouseholdGrammar grammar)
    {
        World = world;
        Grammar = grammar;
        ReceptacleCount = world.Receptacles.Length;
        ObjectCount = world.Objects.Length;
        Places = new(world);
        ReceptaclesByName = ByName(world.Receptacles.Select(receptacle => receptacle.Name));
        ObjectsByName = ByName(world.Objects.Select(thing => thing.Name));
        RankOfObject = new int[ObjectCount];
        for (int rank = 0; rank < ObjectCount; rank++)
        {
            RankOfObject[ObjectsByName[rank]] = rank;
        }

        Openable = [.. world.Receptacles.Select(receptacle => receptacle.IsOpenable)];
        IsGoalReceptacle = [.. world.Receptacles.Select(receptacle => receptacle.Type == world.Goal.TargetType)];
        Facts = LayOutFacts();
        Tools = ToolTable();
        Commands = new(this);
        Rules = new(this);
        Victory = new(this);
        Admissible = new(this);
        _start = LayOutStart();
    }

    internal HouseholdWorld World { get; }

    internal HouseholdGrammar Grammar { get; }

    internal int ReceptacleCount { get; }

    internal int ObjectCount { get; }

    internal HouseholdPlaces Places { get; }

    /// <summary>Receptacles by name, as commands sort.</summary>
    internal int[] ReceptaclesByName { get; }

    /// <summary>Objects by name, as commands sort.</summary>
    internal int[] ObjectsByName { get; }

    /// <summary>Where an object comes in <see cref="ObjectsByName"/>.</summary>
    internal int[] RankOfObject { get; }

    internal bool[] Openable { get; }

    internal bool[] IsGoalReceptacle { get; }

    /// <summary>What never changes; see <see cref="Fits"/>, <see cref="Trait"/>, <see cref="GoalObjects"/>, <see cref="GoalLamps"/> and <see cref="Knives"/>.</summary>
    internal BitTable Facts { get; }

    /// <summary>For cleaning, heating and cooling: whether a receptacle does it.</summary>
    internal Dictionary<HouseholdVerb, HouseholdTool> Tools { get; }

    internal CommandBook Commands { get; }

    internal HouseholdRules Rules { get; }

    internal HouseholdVictory Victory { get; }

    internal AdmissibleActions Admissible { get; }

    /// <summary>The verb that puts things down.</summary>
    internal HouseholdVerb PlaceVerb => Grammar == HouseholdGrammar.MoveTo ? HouseholdVerb.Move : HouseholdVerb.Put;

    /// <summary>The row of the state with what is in a receptacle.</summary>
    internal static int In(int receptacle) => receptacle;

    /// <summary>The row of the state with what was taken from a receptacle and not put back.</summary>
    internal int TakenFrom(int receptacle) => ReceptacleCount + receptacle;

    /// <summary>The row of the state with what is at a location.</summary>
    internal int At(int location) => (2 * ReceptacleCount) + location;

    /// <summary>The row of the state with the objects in a condition.</summary>
    internal int Condition(HouseholdConditions condition) => (2 * ReceptacleCount) + Places.Count + BitOperations.Log2((uint)condition);

    /// <summary>The row of the state with the receptacles that are open.</summary>
    internal int Opened => (2 * ReceptacleCount) + Places.Count + AllConditions.Length;

    /// <summary>The row of the facts with what can be put into a receptacle.</summary>
    internal static int Fits(int receptacle) => receptacle;

    /// <summary>The row of the facts with the objects of a trait.</summary>
    internal int Trait(HouseholdTraits trait) => ReceptacleCount + BitOperations.Log2((uint)trait);

    /// <summary>The row of the facts with the objects that the goal is about.</summary>
    internal int GoalObjects => ReceptacleCount + AllTraits.Length;

    /// <summary>The row of the facts with the lamps that the goal is about.</summary>
    internal int GoalLamps => ReceptacleCount + AllTraits.Length + 1;

    /// <summary>The row of the facts with what things can be sliced with.</summary>
    internal int Knives => ReceptacleCount + AllTraits.Length + 2;

    /// <summary>A new state, as the game starts.</summary>
    internal HouseholdState Start() => _start.Clone();

    /// <summary>The names of the objects in an object, as observations list them.</summary>
    internal IEnumerable<string> ContentsOf(int o) => World.Objects.Select(thing => thing.Name).Where(World.Objects[o].Contents.Contains);

    /// <summary>What an object is like.</summary>
    internal HouseholdConditions ConditionsOf(HouseholdState state, int o)
    {
        HouseholdConditions conditions = HouseholdConditions.None;
        foreach (HouseholdConditions condition in AllConditions)
        {
            conditions |= state.Bits[Condition(condition), o] ? condition : HouseholdConditions.None;
        }

        return conditions;
    }

    private BitTable LayOutFacts()
    {
        var facts = new BitTable(Knives + 1, ObjectCount);
        for (int o = 0; o < ObjectCount; o++)
        {
            HouseholdObject thing = World.Objects[o];
            facts[GoalObjects, o] = thing.Type == World.Goal.ObjectType;
            facts[GoalLamps, o] = thing.Type == World.Goal.TargetType && thing.Traits.HasFlag(HouseholdTraits.Toggleable);
            facts[Knives, o] = thing.Type is "knife" or "butterknife";
            foreach (HouseholdTraits trait in AllTraits)
            {
                facts[Trait(trait), o] = thing.Traits.HasFlag(trait);
            }
        }

        for (int r = 0; r < ReceptacleCount; r++)
        {
            if (World.CanContain.TryGetValue(World.Receptacles[r].Type, out var types))
            {
                for (int o = 0; o < ObjectCount; o++)
                {
                    facts[Fits(r), o] = types.Contains(World.Objects[o].Type);
                }
            }
        }

        return facts;
    }

    private HouseholdState LayOutStart()
    {
        var bits = new BitTable(Opened + 1, Math.Max(ObjectCount, ReceptacleCount));
        var receptacles = new Dictionary<string, int>(ReceptacleCount, StringComparer.Ordinal);
        for (int r = 0; r < ReceptacleCount; r++)
        {
            receptacles.Add(World.Receptacles[r].Name, r);
            bits[Opened, r] = World.Receptacles[r].IsOpen;
        }

        for (int o = 0; o < ObjectCount; o++)
        {
            LayOut(bits, o, receptacles);
        }

        return new(bits, Places.IndexOf(World.StartLocation));
    }

    private void LayOut(BitTable bits, int o, Dictionary<string, int> receptacles)
    {
        HouseholdObject thing = World.Objects[o];
        foreach (string name in thing.Receptacles)
        {
            int r = receptacles[name];
            bits[In(r), o] = true;
            bits[At(Places.OfReceptacle[r]), o] |= thing.Locations is null;
        }

        foreach (int number in thing.Locations ?? [])
        {
            bits[At(Places.IndexOf(number)), o] = true;
        }

        foreach (HouseholdConditions condition in AllConditions)
        {
            bits[Condition(condition), o] = thing.Conditions.HasFlag(condition);
        }
    }

    private Dictionary<HouseholdVerb, HouseholdTool> ToolTable() => Treatment.Of(Grammar).ToDictionary(
        treatment => treatment.Verb,
        treatment => new HouseholdTool(
            [.. World.Receptacles.Select(receptacle => treatment.Tools.Contains(receptacle.Type))],
            Trait(treatment.Needs),
            Condition(treatment.Gives),
            treatment.Ends == HouseholdConditions.None ? null : Condition(treatment.Ends)));

    private static int[] ByName(IEnumerable<string> names) =>
        [.. names.Select((name, index) => (name, index)).OrderBy(pair => pair.name, StringComparer.Ordinal).Select(pair => pair.index)];
}
