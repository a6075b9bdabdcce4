using System.Text.RegularExpressions;

namespace Reflexion.Environments;

/// <summary>Enters into an explorer's map what an observation tells. It reads both wordings and both grammars.</summary>
internal static partial class ObservationReader
{
    /// <summary>A word and mostly a number.</summary>
    private const string Noun = @"[\w-]+( [0-9]+)?";

    /// <summary>The receptacles that the description of a room names.</summary>
    internal static IEnumerable<string> ReadRoom(string observation) => ThingsIn(Room().Match(observation).Groups["list"].Value);

    internal static bool IsNothing(string observation) => observation.StartsWith("Nothing happens", StringComparison.Ordinal);

    /// <summary>Reads the answer to a command; what stands below its first line is not the engine's.</summary>
    internal static void Read(string observation, ExplorerMap map)
    {
        string line = observation.AsSpan().TrimStart().EnumerateLines() is var lines && lines.MoveNext() ? lines.Current.ToString() : "";
        if (Shut().Match(line) is { Success: true } shut)
        {
            map.SeeShut(Name(shut, "place"));
        }

        if (Content().Match(line) is { Success: true } content)
        {
            map.See(Name(content, "place"), ThingsIn(content.Groups["list"].Value));
        }

        if (Taken().Match(line) is { Success: true } taken)
        {
            map.Take(Name(taken, "thing"), Name(taken, "place"));
        }

        if (Placed().Match(line) is { Success: true } placed)
        {
            map.Put(Name(placed, "thing"), Name(placed, "place"));
        }

        if (Treated().Match(line) is { Success: true } treated)
        {
            map.Treated.Add($"{Name(treated, "verb")} {Name(treated, "thing")}");
        }

        if (line.StartsWith("You are not carrying anything", StringComparison.Ordinal))
        {
            map.Hold(null);
        }

        if (Carried().Match(line) is { Success: true } carried)
        {
            map.Hold(Name(carried, "thing"));
        }
    }

    private static string Name(Match match, string group) => match.Groups[group].Value;

    private static IEnumerable<string> ThingsIn(string list) => Listed().Matches(list).Select(match => match.Groups["thing"].Value);

    [GeneratedRegex(@"Looking quickly around you, you see (?<list>[^\r\n]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Room();

    [GeneratedRegex(@"\ba (?<thing>" + Noun + @")(?=[,.]|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listed();

    [GeneratedRegex("The (?<place>" + Noun + @") is closed\.", RegexOptions.ExplicitCapture)]
    private static partial Regex Shut();

    [GeneratedRegex("(On the (?<place>" + Noun + ")|The (?<place>" + Noun + @") is open\. In it), you see (?<list>.*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Content();

    [GeneratedRegex("You pick up the (?<thing>" + Noun + ") from the (?<place>" + Noun + @")\.", RegexOptions.ExplicitCapture)]
    private static partial Regex Taken();

    [GeneratedRegex("You (put|move) the (?<thing>" + Noun + ") (in/on|to) the (?<place>" + Noun + @")\.", RegexOptions.ExplicitCapture)]
    private static partial Regex Placed();

    [GeneratedRegex("You (?<verb>clean|heat|cool) the (?<thing>" + Noun + ") using", RegexOptions.ExplicitCapture)]
    private static partial Regex Treated();

    [GeneratedRegex("You are carrying: a (?<thing>" + Noun + ")", RegexOptions.ExplicitCapture)]
    private static partial Regex Carried();
}
