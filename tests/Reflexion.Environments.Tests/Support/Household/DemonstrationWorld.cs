using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>The part of a world that a demonstration shows: its receptacles, and each object where it was first seen.</summary>
internal static partial class DemonstrationWorld
{
    private const HouseholdTraits Everything = (HouseholdTraits)63;

    internal static HouseholdWorld Of(Demonstration demonstration)
    {
        string task = TaskLine.Match(demonstration.InitialObservation).Groups[1].Value.Trim().TrimEnd('.');
        string[] texts = [.. demonstration.Steps.Select(step => step.Observation)];
        string[] receptacles = [.. Named.Matches(demonstration.InitialObservation).Select(match => match.Groups[1].Value)];
        var places = new Dictionary<string, string>();
        foreach (Match seen in texts.SelectMany(text => Shown.Matches(text)))
        {
            foreach (Match thing in Named.Matches(seen.Groups[2].Value))
            {
                places.TryAdd(thing.Groups[1].Value, seen.Groups[1].Value);
            }
        }

        string[] types = [.. places.Keys.Select(TypeOf).Distinct()];
        string target = task.Split(' ')[^1];
        HouseholdGoal goal = new(KindOf(demonstration.TaskFamily, task), task.Split(' ').SkipLast(1).Last(types.Contains), target);
        return new(
            demonstration.Id,
            task,
            goal,
            1,
            receptacles.Select(name => new HouseholdReceptacle(name, TypeOf(name), 2 + Array.IndexOf(receptacles, BesideOf(name, texts)))
            {
                IsOpenable = texts.Any(text => text.Contains($"The {name} is ", StringComparison.Ordinal)),
                IsOpen = texts.FirstOrDefault(text => text.Contains($"The {name} is ", StringComparison.Ordinal))?.StartsWith($"The {name} is open", StringComparison.Ordinal) ?? false,
            }),
            places.Select(pair => new HouseholdObject(pair.Key, TypeOf(pair.Key), Everything) { Receptacles = [pair.Value] })
                .OrderBy(thing => thing.Type, StringComparer.Ordinal).ThenByDescending(thing => int.Parse(thing.Name.Split(' ')[1])),
            receptacles.Select(TypeOf).Distinct().Select(type => KeyValuePair.Create(type, types.AsEnumerable())));
    }

    private static HouseholdTaskKind KindOf(string family, string task) => family switch
    {
        "put" => HouseholdTaskKind.PickAndPlace,
        "puttwo" => HouseholdTaskKind.PickTwoAndPlace,
        "clean" => HouseholdTaskKind.CleanAndPlace,
        "heat" => HouseholdTaskKind.HeatAndPlace,
        "cool" => HouseholdTaskKind.CoolAndPlace,
        "examine" => HouseholdTaskKind.LookInLight,
        _ => throw new InvalidOperationException($"No family: {family}, {task}"),
    };

    /// <summary>The first receptacle at the place of one: those one faces together share it.</summary>
    private static string BesideOf(string name, string[] texts) => texts
        .Where(text => text.StartsWith("You are facing the ", StringComparison.Ordinal))
        .Select(text => text["You are facing the ".Length..text.IndexOf('.', StringComparison.Ordinal)].Split(", ").Select(each => each.Replace("and ", "", StringComparison.Ordinal)))
        .FirstOrDefault(together => together.Contains(name))?.First() ?? name;

    private static string TypeOf(string name) => name.Split(' ')[0];

    [GeneratedRegex(@"Your task is to: ([^\n]*)")]
    private static partial Regex TaskLine { get; }

    [GeneratedRegex(@"\ba ([a-z]+ \d+)")]
    private static partial Regex Named { get; }

    [GeneratedRegex(@"(?:On the|The) ([a-z]+ \d+)(?: is open\. In it)?, you see ([^.]*)\.")]
    private static partial Regex Shown { get; }
}
