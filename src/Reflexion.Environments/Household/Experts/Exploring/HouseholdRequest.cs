using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Reflexion.Environments;

/// <summary>What a task asks for, read from its words.</summary>
/// <param name="Kind">The kind of task.</param>
/// <param name="Thing">The type of the object.</param>
/// <param name="Target">The type of the receptacle or the lamp.</param>
internal sealed partial record HouseholdRequest(HouseholdTaskKind Kind, string Thing, string Target)
{
    internal int Needed => Kind == HouseholdTaskKind.PickTwoAndPlace ? 2 : 1;

    /// <summary>The word of the command that treats the object and the type of receptacle that does it, or null where it stays as it is.</summary>
    internal (string Verb, string Tool)? Treatment => Kind switch
    {
        HouseholdTaskKind.CleanAndPlace => ("clean", "sinkbasin"),
        HouseholdTaskKind.HeatAndPlace => ("heat", "microwave"),
        HouseholdTaskKind.CoolAndPlace => ("cool", "fridge"),
        _ => null,
    };

    /// <summary>Finds the task in what an environment shows first.</summary>
    internal static bool TryRead(string observation, [NotNullWhen(true)] out HouseholdRequest? request)
    {
        string words = TaskLine().Match(observation).Groups["task"].Value;
        request = Read(Looking().Match(words), HouseholdTaskKind.LookInLight)
            ?? Read(Two().Match(words), HouseholdTaskKind.PickTwoAndPlace)
            ?? (One().Match(words) is { Success: true } one ? Read(one, KindOf(one.Groups["how"].Value)) : null);
        return request is not null;
    }

    private static HouseholdRequest? Read(Match match, HouseholdTaskKind kind) =>
        match.Success ? new(kind, match.Groups["thing"].Value, match.Groups["target"].Value) : null;

    private static HouseholdTaskKind KindOf(string how) => how switch
    {
        "clean" => HouseholdTaskKind.CleanAndPlace,
        "hot" or "heat" => HouseholdTaskKind.HeatAndPlace,
        "cool" => HouseholdTaskKind.CoolAndPlace,
        _ => HouseholdTaskKind.PickAndPlace,
    };

    [GeneratedRegex(@"Your task is to: (?<task>[^\r\n]*?)\.?[ \t]*(\r|\n|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex TaskLine();

    [GeneratedRegex(@"^(look at|examine) ((a|an|the|some) )?(?<thing>\S+) (under|with|in|using) ((a|an|the|some) )?(?<target>\S+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Looking();

    [GeneratedRegex(@"^(put|find) two (?<thing>\S+) (and put them )?(in|on|in/on|into) ((a|an|the|some) )?(?<target>\S+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Two();

    [GeneratedRegex(@"^((put|find) (a|an|the|some) ((?<how>clean|hot|cool) )?|(?<how>clean|heat|cool) (a|an|the|some) )(?<thing>\S+) (and put it )?(in|on|in/on|into) ((a|an|the|some) )?(?<target>\S+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex One();
}
