using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>A small kitchen with one of everything that has a rule of its own.</summary>
internal static class SampleWorld
{
    internal const HouseholdTraits Food = HouseholdTraits.Pickupable | HouseholdTraits.Cleanable | HouseholdTraits.Heatable | HouseholdTraits.Coolable | HouseholdTraits.Sliceable;

    internal static readonly string[] Types = ["apple", "bowl", "knife", "desklamp", "egg"];

    /// <summary>Cabinets 1 and 2 share a place.</summary>
    internal static readonly HouseholdReceptacle[] Receptacles =
    [
        new("cabinet 2", "cabinet", 3) { IsOpenable = true },
        new("cabinet 1", "cabinet", 3) { IsOpenable = true },
        new("countertop 1", "countertop", 4),
        new("fridge 1", "fridge", 5) { IsOpenable = true },
        new("microwave 1", "microwave", 6) { IsOpenable = true },
        new("shelf 1", "shelf", 9),
        new("sinkbasin 1", "sinkbasin", 7),
    ];

    internal static readonly HouseholdObject[] Objects =
    [
        new("apple 2", "apple", Food) { Receptacles = ["fridge 1"], Conditions = HouseholdConditions.Cool },
        new("apple 1", "apple", Food) { Receptacles = ["countertop 1"] },
        new("bowl 1", "bowl", HouseholdTraits.Pickupable | HouseholdTraits.Container) { Receptacles = ["cabinet 1"], Contents = ["egg 1"] },
        new("desklamp 1", "desklamp", HouseholdTraits.Toggleable) { Receptacles = ["shelf 1"] },
        new("egg 1", "egg", Food) { Receptacles = ["shelf 1", "countertop 1"] },
        new("knife 1", "knife", HouseholdTraits.Pickupable) { Receptacles = ["countertop 1"] },
    ];

    internal static HouseholdWorld Of(HouseholdGoal goal, string id = "sample", IEnumerable<HouseholdObject>? objects = null) => new(
        id, "put a clean apple in cabinet", goal, 1, Receptacles, objects ?? Objects, Everything(Types));

    internal static HouseholdWorld Of(HouseholdTaskKind kind = HouseholdTaskKind.CleanAndPlace, string thing = "apple", string target = "cabinet") =>
        Of(new HouseholdGoal(kind, thing, target));

    internal static HouseholdGame Play(HouseholdWorld world, params string[] commands)
    {
        var game = new HouseholdGame(world);
        foreach (string command in commands)
        {
            game.Step(command).Should().NotBe("Nothing happens.", $"'{command}' must be possible");
        }

        return game;
    }

    internal static IEnumerable<KeyValuePair<string, IEnumerable<string>>> Everything(IEnumerable<string> types) =>
        Receptacles.Select(receptacle => receptacle.Type).Distinct().Select(type => KeyValuePair.Create(type, types));
}
