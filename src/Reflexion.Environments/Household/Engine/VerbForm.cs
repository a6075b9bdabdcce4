using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>How a command is written: its word, what it names, and what stands between the two names.</summary>
/// <param name="Start">The word, with a space where a name follows.</param>
/// <param name="HasObject">Whether the first name is that of an object.</param>
/// <param name="Joint">What stands between two names; empty where there is at most one.</param>
/// <param name="Target">What the last name, beside the object's, is that of.</param>
internal sealed record VerbForm(string Start, bool HasObject, string Joint, VerbTarget Target)
{
    private static readonly ImmutableArray<VerbForm> All =
    [
        new("clean ", true, " with ", VerbTarget.Receptacle),
        new("close ", false, "", VerbTarget.Receptacle),
        new("cool ", true, " with ", VerbTarget.Receptacle),
        new("examine ", false, "", VerbTarget.Receptacle),
        new("examine ", true, "", VerbTarget.None),
        new("go to ", false, "", VerbTarget.Receptacle),
        new("heat ", true, " with ", VerbTarget.Receptacle),
        new("help", false, "", VerbTarget.None),
        new("inventory", false, "", VerbTarget.None),
        new("look", false, "", VerbTarget.None),
        new("move ", true, " to ", VerbTarget.Receptacle),
        new("open ", false, "", VerbTarget.Receptacle),
        new("put ", true, " in/on ", VerbTarget.Receptacle),
        new("slice ", true, " with ", VerbTarget.Object),
        new("take ", true, " from ", VerbTarget.Receptacle),
        new("use ", true, "", VerbTarget.None),
    ];

    internal static VerbForm Of(HouseholdVerb verb) => All[(int)verb];
}
