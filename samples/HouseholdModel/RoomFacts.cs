using System.Text.RegularExpressions;

namespace Reflexion.Samples.HouseholdModel;

/// <summary>What can be read in the record of an attempt: which receptacles there are, where things lay, where was looked.</summary>
public sealed partial class RoomFacts
{
    /// <summary>Reads a record.</summary>
    public RoomFacts(Attempt attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        Receptacles = [.. Named().Matches(ListIn(attempt.Room)).Select(match => match.Value)];
        foreach (AttemptStep step in attempt.Steps)
        {
            Match sight = Sight().Match(step.Observation);
            if (sight.Success)
            {
                Searched.Add(sight.Groups["place"].Value);
                Sights.AddRange(Named().Matches(sight.Groups["things"].Value).Select(match => (match.Value, sight.Groups["place"].Value)).Except(Sights));
            }
        }
    }

    /// <summary>In the order of the room's description.</summary>
    public List<string> Receptacles { get; }

    /// <summary>Things, and where they were first seen.</summary>
    public List<(string Thing, string Place)> Sights { get; } = [];

    /// <summary>The receptacles whose contents were seen, in the order of looking.</summary>
    public List<string> Searched { get; } = [];

    /// <summary>The receptacles that were not looked into, in the order in which a search that goes on from the last one comes to them.</summary>
    public IEnumerable<string> Unsearched()
    {
        int last = Searched.Count == 0 ? -1 : Receptacles.IndexOf(Searched[^1]);
        return Enumerable.Range(1, Receptacles.Count).Select(step => Receptacles[(last + step + Receptacles.Count) % Receptacles.Count]).Except(Searched);
    }

    private static string ListIn(string room)
    {
        int start = room.IndexOf("you see ", StringComparison.Ordinal);
        int end = room.IndexOf('\n', StringComparison.Ordinal);
        return start < 0 ? "" : room[start..(end > start ? end : room.Length)];
    }

    [GeneratedRegex(@"(?:On the (?<place>[a-z]+ \d+)|The (?<place>[a-z]+ \d+) is open\. In it), you see (?<things>[^.]*)\.")]
    private static partial Regex Sight();

    [GeneratedRegex(@"(?<=\ba )[a-z]+ \d+")]
    private static partial Regex Named();
}
