using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Reflexion.Environments;
using Reflexion.Testing;

namespace Household;

/// <summary>
/// Stands in for a language model: plays by rules from nothing but the conversation, and slips now and then. As a reflector it writes
/// down where things were seen; when a lesson in its prompt says so, or the record of the last attempt shows it, it looks there first. Every
/// game has slips of its own, so that retrying gains something too.
/// </summary>
/// <param name="seed">Decides about slips, together with the task and how often it was played.</param>
/// <param name="slips">How often a move goes wrong, from 0 to 1.</param>
/// <param name="played">How many games were played before, by the room's first description; none by default.</param>
internal sealed partial class RuleBasedPlayer(long seed, double slips = 0.3, IReadOnlyDictionary<string, long>? played = null)
{
    private readonly ConcurrentDictionary<string, long> _games = new(played ?? new Dictionary<string, long>(), StringComparer.Ordinal);

    internal IChatClient AsChatClient() => new ScriptedChatClient { KeepsRequests = false }.Otherwise(
        request => request.System.Contains("reflecting on its own attempts", StringComparison.Ordinal) ? Reflect(request.Last) : Play(request));

    private string Play(ScriptedRequest request)
    {
        string[] told = [.. request.Messages.Where(message => message.Role == ChatRole.User).Select(message => message.Text)];
        string[] observations = [.. told.Select(text => Observed().Match(text)).Where(match => match.Success).Select(match => match.Groups["text"].Value)];
        long game = GameOf(request) ?? _games.AddOrUpdate(observations[0], 1, (_, last) => last + 1);
        var explorer = new HouseholdExplorer(new() { Seed = SeedOf(observations[0], game), SlipRate = slips });
        string prompt = string.Join('\n', told);
        foreach (Match hint in Hint().Matches(prompt))
        {
            explorer.Know(hint.Groups["thing"].Value, hint.Groups["place"].Value);
        }

        foreach ((string thing, string place) in SightsIn(LastAttempt().Match(prompt).Value))
        {
            explorer.Know(thing, place);
        }

        // The moves so far are made again, so that the player remembers nothing but the conversation.
        HouseholdMove[] moves = [.. observations.Select(observation => explorer.Next(observation))];
        string opening = moves.Length == 1 ? string.Create(CultureInfo.InvariantCulture, $"(game {game}) ") : "";
        return $"Thought: {opening}{moves[^1].Thought}\nAction: {moves[^1].Action}";
    }

    /// <summary>The game's number, as the player's first reply says; null before that.</summary>
    private static long? GameOf(ScriptedRequest request) =>
        request.Messages.Where(message => message.Role == ChatRole.Assistant).Select(message => Game().Match(message.Text)).FirstOrDefault(match => match.Success) is { } found
            ? long.Parse(found.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    private long SeedOf(string task, long game) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed} {game} {task}"))));

    private static string Reflect(string record)
    {
        string[] seen = [.. SightsIn(record).Select(sight => $"{sight.Thing} is at {sight.Place}").Distinct().Take(30)];
        return seen.Length == 0
            ? "I saw nothing that helps. Next time I go to other places first."
            : $"I ran out of actions before the task was done. Next time I go straight to what the task needs. What I saw: {string.Join(", ", seen)}.";
    }

    private static IEnumerable<(string Thing, string Place)> SightsIn(string record) =>
        from sight in Sight().Matches(record)
        from thing in Thing().Matches(sight.Groups["things"].Value)
        select (thing.Value, sight.Groups["place"].Value);

    [GeneratedRegex(@"^Observation \d+: (?<text>.*)$", RegexOptions.Singleline)]
    private static partial Regex Observed();

    [GeneratedRegex(@"(?:On the (?<place>[a-z]+ \d+)|The (?<place>[a-z]+ \d+) is open\. In it), you see (?<things>[^.]*)\.")]
    private static partial Regex Sight();

    [GeneratedRegex(@"[a-z]+ \d+")]
    private static partial Regex Thing();

    [GeneratedRegex(@"(?<thing>[a-z]+ \d+) is at (?<place>[a-z]+ \d+)")]
    private static partial Regex Hint();

    [GeneratedRegex(@"<last_attempt>.*</last_attempt>", RegexOptions.Singleline)]
    private static partial Regex LastAttempt();

    [GeneratedRegex(@"^Thought: \(game (?<number>\d+)\)")]
    private static partial Regex Game();
}
