using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Reflexion.Samples.HouseholdModel;

/// <summary>What a pretrained language model is asked: a short record of the attempt, and the language of refinements by an example.</summary>
public static partial class WriterPrompts
{
    private const string Instructions = """
        You read what a robot did in a house and write one short hint for its next try. A hint has up to three parts, like this:
        mug 2 in cabinet 3 ; clean with sinkbasin 1 ; search from shelf 2
        """;

    /// <summary>The state of the retrospective model, in some 300 to 500 tokens.</summary>
    public static IList<ChatMessage> Reflect(RetrospectiveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Attempt attempt = PlayerPrompts.AttemptOf(context.Task, context.Trials[^1]);
        var facts = new RoomFacts(attempt);
        string steps = string.Join("; ", attempt.Steps.Select(step => $"{step.Action}: {Brief(step.Observation)}"));
        string user = $"""
            Task: {attempt.Task}
            Hint it had: {attempt.Refinement ?? "none"}
            It did: {steps}
            Not searched: {string.Join(", ", facts.Unsearched())}
            Seen of the task's things: {(PlayerPrompts.ToldAgain(attempt, facts).ToArray() is { Length: > 0 } told ? Refinements.Join(told) : "none")}
            It failed. Hint:
            """;
        return [new(ChatRole.System, Instructions), new(ChatRole.User, user)];
    }

    private static string Brief(string observation) => Contents().Match(observation) is { Success: true } match
        ? Articles().Replace(match.Groups["things"].Value, "")
        : observation.Contains("is closed", StringComparison.Ordinal) ? "closed"
        : observation.StartsWith("Nothing happens", StringComparison.Ordinal) ? "nothing happens"
        : "done";

    [GeneratedRegex(@"you see (?<things>[^.]*)\.")]
    private static partial Regex Contents();

    [GeneratedRegex(@"\b(?:an?|and) ")]
    private static partial Regex Articles();
}
