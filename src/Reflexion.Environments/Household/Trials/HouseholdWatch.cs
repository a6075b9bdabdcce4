namespace Reflexion.Environments;

/// <summary>Watches one trial for what a stop rule ends it on.</summary>
internal sealed class HouseholdWatch(HouseholdStopRule rule)
{
    /// <summary>How often the paper's agent may see the same action lead to the same observation.</summary>
    private const int PaperRepeats = 3;

    private readonly Dictionary<(string Action, string Observation), int> _seen = [];
    private string? _last;

    /// <summary>Takes note of an action.</summary>
    /// <returns>Why the trial ends, as a clause, or null where it may go on.</returns>
    internal string? Note(string action, string observation)
    {
        string? reason = rule switch
        {
            HouseholdStopRule.Original when action == _last => $"the agent wrote the action '{action}' twice in a row",
            HouseholdStopRule.Paper when Count(action, observation) > PaperRepeats =>
                $"the action '{action}' led to the same observation more than {PaperRepeats} times",
            _ => null,
        };
        _last = action;
        return reason;
    }

    private int Count(string action, string observation) => _seen[(action, observation)] = _seen.GetValueOrDefault((action, observation)) + 1;
}
