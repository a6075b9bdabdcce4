using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>Refuses worlds that do not fit together.</summary>
internal static class HouseholdWorldCheck
{
    internal static void Run(HouseholdWorld world)
    {
        Require(world.Task.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0, "The task must be one line.");
        CheckGoal(world.Goal);
        Require(world.Receptacles.Length > 0, "A world needs at least one receptacle.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (HouseholdReceptacle receptacle in world.Receptacles)
        {
            Require(receptacle is not null, "A receptacle is null.");
            CheckName(receptacle!.Name, receptacle.Type, names);
            CheckLocation(receptacle.Location, receptacle.Name);
            Require(receptacle.Location != world.StartLocation, $"'{receptacle.Name}' is at location {world.StartLocation}, where the agent starts; a game starts away from all receptacles.");
            Require(receptacle.IsOpenable || !receptacle.IsOpen, $"'{receptacle.Name}' is open at the start, but it is not openable.");
        }

        CheckLocation(world.StartLocation, "The agent");
        foreach (HouseholdObject thing in world.Objects)
        {
            Require(thing is not null, "An object is null.");
            CheckName(thing!.Name, thing.Type, names);
        }

        CheckPlaces(world);
        CheckContents(world);
    }

    private static void CheckGoal(HouseholdGoal goal)
    {
        Require(Enum.IsDefined(goal.Kind), $"The goal's kind is {(int)goal.Kind}, which is no kind of task.");
        Require(HouseholdName.IsWord(goal.ObjectType), $"The goal's object type '{goal.ObjectType}' is not a word of letters and digits.");
        Require(HouseholdName.IsWord(goal.TargetType), $"The goal's target type '{goal.TargetType}' is not a word of letters and digits.");
    }

    private static void CheckName(string name, string type, HashSet<string> names)
    {
        Require(HouseholdName.IsName(name), $"'{name}' is no name; a name is a word of letters and digits, a space and a number from 1, as in 'mug 2'.");
        Require(HouseholdName.IsWord(type), $"The type '{type}' of '{name}' is not a word of letters and digits.");
        Require(names.Add(name), $"The name '{name}' is given twice; commands could not tell the two apart.");
    }

    private static void CheckLocation(int location, string what) =>
        Require(location >= 1, $"{what} is at location {location}; locations are numbered from 1.");

    private static void CheckPlaces(HouseholdWorld world)
    {
        HashSet<string> receptacles = [.. world.Receptacles.Select(receptacle => receptacle.Name)];
        foreach (HouseholdObject thing in world.Objects)
        {
            CheckEach(thing.Receptacles, receptacles, $"'{thing.Name}' is in", "receptacle");
            foreach (int location in thing.Locations ?? [])
            {
                CheckLocation(location, $"'{thing.Name}'");
            }
        }
    }

    private static void CheckContents(HouseholdWorld world)
    {
        HashSet<string> objects = [.. world.Objects.Select(thing => thing.Name)];
        foreach (HouseholdObject thing in world.Objects)
        {
            CheckEach(thing.Contents, objects, $"'{thing.Name}' holds", "object");
        }
    }

    private static void CheckEach(ImmutableArray<string> named, HashSet<string> known, string what, string kind)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in named)
        {
            Require(known.Contains(name), $"{what} '{name}', but the world has no {kind} of that name.");
            Require(seen.Add(name), $"{what} '{name}' twice.");
        }
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new ArgumentException(problem);
        }
    }
}
