using Reflexion.Environments;

namespace Reflexion.Samples.HouseholdModel;

/// <summary>
/// Puts the reason for a demonstrated action into a few words: the thing that matters, and whether and where it is known to be. To name the thing first lets a small model
/// find it in what it was just shown.
/// </summary>
internal sealed class ThoughtWriter(HouseholdGoal goal, bool forgetsTreatment)
{
    private readonly Dictionary<string, string> _known = [];
    private string? _held;
    private bool _isTreated = forgetsTreatment || Demonstrator.VerbOf(goal.Kind) is null;

    /// <summary>Takes in where a thing is, as a refinement says.</summary>
    internal void Hear(string thing, string place) => _known[thing] = place;

    /// <summary>The thought before an action.</summary>
    internal string Of(string action)
    {
        string[] words = action.Split(' ');
        return _held is null ? Seek(goal.ObjectType, action, words)
            : goal.Kind == HouseholdTaskKind.LookInLight ? Seek(goal.TargetType, action, words)
            : _isTreated ? $"put {_held}"
            : $"{Demonstrator.VerbOf(goal.Kind)} {_held}";
    }

    /// <summary>Takes in what came of an action.</summary>
    internal void See(string action, string observation)
    {
        var facts = new RoomFacts(new("", null, "", [new("", action, observation)], false));
        foreach ((string thing, string place) in facts.Sights)
        {
            _known[thing] = place;
        }

        foreach (string place in facts.Searched)
        {
            foreach (string gone in _known.Where(known => known.Value == place && !facts.Sights.Contains((known.Key, place))).Select(known => known.Key).ToArray())
            {
                _known.Remove(gone);
            }
        }

        if (observation.StartsWith("You pick up", StringComparison.Ordinal))
        {
            _held = Thing(action.Split(' '));
            _known.Remove(_held);
        }
        else if (observation.StartsWith("You put", StringComparison.Ordinal))
        {
            (_held, _isTreated) = (null, _isTreated && Demonstrator.VerbOf(goal.Kind) is null);
        }
        else if (Demonstrator.VerbOf(goal.Kind) is { } verb && observation.StartsWith($"You {verb}", StringComparison.Ordinal))
        {
            _isTreated = true;
        }
    }

    private string Seek(string type, string action, string[] words)
    {
        if (words[0] is "take" or "use")
        {
            return Thing(words);
        }

        string? thing = _known.FirstOrDefault(known => known.Key.StartsWith($"{type} ", StringComparison.Ordinal) && action.EndsWith($" {known.Value}", StringComparison.Ordinal)).Key;
        return thing is null ? $"{type} none" : Refinements.Location(thing, _known[thing]);
    }

    private static string Thing(string[] words) => $"{words[1]} {words[2]}";
}
