using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Reflexion.Environments;
using Reflexion.Testing;

namespace Household;

/// <summary>
/// Stands in for a language model: plays by rules from nothing but the conversation, and slips now and then. As a reflector it writes
/// down where things were seen; when a lesson in its prompt says so, it looks there first. Every game has slips of its own, so
/// that retrying gains something too.
/// </summary>
internal sealed partial class RuleBasedPlayer(int seed)
{
    private const double SlipRate = 0.3;

    private int _games;

    internal IChatClient AsChatClient() => new ScriptedChatClient().Otherwise(
        request => request.System.Contains("reflecting on its own attempts", StringComparison.Ordinal) ? Reflect(request.Last) : Play(request));

    private string Play(ScriptedRequest request)
    {
        string[] told = [.. request.Messages.Where(message => message.Role == ChatRole.User).Select(message => message.Text)];
        string[] observations = [.. told.Select(text => Observed().Match(text)).Where(match => match.Success).Select(match => match.Groups["text"].Value)];
        _games += observations.Length == 1 ? 1 : 0;
        var explorer = new HouseholdExplorer(new() { Seed = (1000L * seed) + _games, SlipRate = SlipRate });
        foreach (Match hint in Hint().Matches(string.Join('\n', told)))
        {
            explorer.Know(hint.Groups["thing"].Value, hint.Groups["place"].Value);
        }

        // The moves so far are made again, so that the player remembers nothing but the conversation.
        HouseholdMove[] moves = [.. observations.Select(observation => explorer.Next(observation))];
        return $"Thought: {moves[^1].Thought}\nAction: {moves[^1].Action}";
    }

    private static string Reflect(string record)
    {
        string[] seen =
        [
            .. Sight().Matches(record)
                .SelectMany(sight => Thing().Matches(sight.Groups["things"].Value).Select(thing => $"{thing.Value} is at {sight.Groups["place"].Value}"))
                .Distinct().Take(30),
        ];
        return seen.Length == 0
            ? "I saw nothing that helps. Next time I go to other places first."
            : $"I ran out of actions before the task was done. Next time I go straight to what the task needs. What I saw: {string.Join(", ", seen)}.";
    }

    [GeneratedRegex(@"^Observation \d+: (?<text>.*)$", RegexOptions.Singleline)]
    private static partial Regex Observed();

    [GeneratedRegex(@"(?:On the (?<place>[a-z]+ \d+)|The (?<place>[a-z]+ \d+) is open\. In it), you see (?<things>[^.]*)\.")]
    private static partial Regex Sight();

    [GeneratedRegex(@"[a-z]+ \d+")]
    private static partial Regex Thing();

    [GeneratedRegex(@"(?<thing>[a-z]+ \d+) is at (?<place>[a-z]+ \d+)")]
    private static partial Regex Hint();
}
