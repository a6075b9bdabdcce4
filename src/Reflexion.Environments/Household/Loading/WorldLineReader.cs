using System.Runtime.CompilerServices;

namespace Reflexion.Environments;

/// <summary>Makes worlds of the lines of <c>alfworld-games.jsonl</c>.</summary>
internal static class WorldLineReader
{
    internal static async IAsyncEnumerable<HouseholdWorld> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach ((int number, WorldLine line) in JsonLines.ReadAsync(path, HouseholdJson.Default.WorldLine, cancellationToken).ConfigureAwait(false))
        {
            yield return ToWorld(line, path, number);
        }
    }

    private static HouseholdWorld ToWorld(WorldLine line, string path, int number)
    {
        if (!HouseholdTaskKinds.TryParse(line.Goal.Kind, out HouseholdTaskKind kind))
        {
            throw new DatasetFormatException(path, number, $"the goal's kind is '{line.Goal.Kind}'; it must be one of {string.Join(", ", HouseholdTaskKinds.All.Select(HouseholdTaskKinds.NameOf))}.");
        }

        int Location(string name) => PddlNames.NumberOf(name) ?? throw new DatasetFormatException(path, number, $"'{name}' is no location; 'loc 5' is one.");
        ILookup<string, string> contents = (line.ContainedIn ?? []).ToLookup(Outer, pair => pair[0], StringComparer.Ordinal);
        string Outer(string[] pair) => pair.Length == 2
            ? pair[1]
            : throw new DatasetFormatException(path, number, $"an entry of 'contained_in' has {pair.Length} names; it is a pair, the inner object and the outer one.");
        try
        {
            return new(
                line.Id,
                line.Task,
                new(kind, line.Goal.ObjectType, line.Goal.TargetType),
                Location(line.StartLocation),
                line.Receptacles.Select(part => new HouseholdReceptacle(part.Name, part.Type, Location(part.Location)) { IsOpenable = part.Openable, IsOpen = part.Open }),
                line.Objects.Select(part => new HouseholdObject(part.Name, part.Type, TraitsOf(part))
                {
                    Receptacles = [.. part.Receptacles ?? []],
                    Contents = [.. contents[part.Name]],
                }),
                line.CanContain.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.AsEnumerable())))
            {
                Index = line.Index,
                Walkthrough = [.. (line.Walkthrough ?? []).Select(move => move.Action)],
            };
        }
        catch (ArgumentException wrong)
        {
            throw new DatasetFormatException(path, number, $"the world does not fit together: {wrong.Message}", wrong);
        }
    }

    private static HouseholdTraits TraitsOf(WorldLine.ObjectPart part) =>
        (part.Pickupable ? HouseholdTraits.Pickupable : 0)
        | (part.Cleanable ? HouseholdTraits.Cleanable : 0)
        | (part.Heatable ? HouseholdTraits.Heatable : 0)
        | (part.Coolable ? HouseholdTraits.Coolable : 0)
        | (part.Toggleable ? HouseholdTraits.Toggleable : 0)
        | (part.Sliceable ? HouseholdTraits.Sliceable : 0)
        | (part.IsContainer ? HouseholdTraits.Container : 0);
}
