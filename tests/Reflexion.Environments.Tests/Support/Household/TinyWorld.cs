using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>Worlds so small that all of their states can be visited, with everything that the rules allow.</summary>
internal static class TinyWorld
{
    private static readonly string[] Furniture = ["shelf", "cabinet", "fridge", "microwave", "sinkbasin", "desk"];
    private static readonly string[] Types = ["mug", "apple", "knife", "desklamp"];

    internal static HouseholdWorld Draw(SplitMix random)
    {
        HouseholdReceptacle[] receptacles = [.. Enumerable.Range(1, random.Between(2, 4)).Select(number => Receptacle(random, number))];
        HouseholdObject[] objects = [.. Enumerable.Range(1, random.Between(1, 3)).Select(number => Object(random, number, receptacles))];
        HouseholdTaskKind kind = random.Pick(HouseholdTaskKinds.All);
        string thing = random.Chance(80) ? random.Pick(objects).Type : random.Pick(Types);
        string target = kind == HouseholdTaskKind.LookInLight ? "desklamp" : random.Chance(90) ? random.Pick(receptacles).Type : random.Pick(Furniture);
        // A knife that is to slice itself is the one thing that the planner leaves out.
        var goal = new HouseholdGoal(kind, thing, target) { RequiresSliced = random.Chance(15) && thing != "knife", RequiresAllClosed = random.Chance(15) };
        return new("tiny", "do it", goal, 9, receptacles, objects, Furniture.Select(type => KeyValuePair.Create(type, Types.Where(_ => random.Chance(75)))));
    }

    private static HouseholdReceptacle Receptacle(SplitMix random, int number)
    {
        string type = random.Pick(Furniture);
        bool isOpenable = type is "cabinet" or "fridge" or "microwave";
        return new($"{type} {number}", type, random.Between(1, 3)) { IsOpenable = isOpenable, IsOpen = isOpenable && random.Chance(30) };
    }

    private static HouseholdObject Object(SplitMix random, int number, HouseholdReceptacle[] receptacles)
    {
        string type = random.Pick(Types);
        HouseholdTraits traits = HouseholdTraits.None;
        foreach (HouseholdTraits trait in Enum.GetValues<HouseholdTraits>())
        {
            traits |= random.Chance(85) ? trait : HouseholdTraits.None;
        }

        HouseholdConditions conditions = HouseholdConditions.None;
        foreach (HouseholdConditions condition in Enum.GetValues<HouseholdConditions>())
        {
            conditions |= random.Chance(15) ? condition : HouseholdConditions.None;
        }

        return new($"{type} {number}", type, type == "desklamp" ? traits : traits & ~HouseholdTraits.Toggleable)
        {
            Conditions = conditions,
            Receptacles = [.. receptacles.Where(_ => random.Chance(45)).Select(receptacle => receptacle.Name)],
        };
    }
}
