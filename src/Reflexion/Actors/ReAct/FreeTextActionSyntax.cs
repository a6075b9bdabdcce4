namespace Reflexion;

/// <summary>The whole line is the action.</summary>
internal sealed record FreeTextActionSyntax : ActionSyntax
{
    internal override string? FinishName => null;

    internal override string Instructions => "Thought: what you know, what is missing, what to do next\nAction: the action, on one line";

    internal override string NoAction => "Your reply held no action. End it with one line that starts with \"Action:\", followed by the action, and write nothing after it.";

    internal override ActionReading Read(string reply, int start, int end)
    {
        int from = ReplyText.SkipBlank(reply, start, end);
        int lineEnd = ReplyText.LineEnd(reply, from, end);
        if (ReplyLabels.TryFindInline(reply.AsSpan(from, lineEnd - from), ReplyLabel.Observation, out int observation, out _))
        {
            lineEnd = from + observation;
        }

        // ALFWorld's prompts put a quote mark before each action.
        from += reply.AsSpan(from, lineEnd - from).StartsWith("> ", StringComparison.Ordinal) ? 2 : 0;
        ReadOnlySpan<char> action = ReplyText.Unwrap(reply, from, lineEnd);
        return action.IsEmpty ? new(null, from, NoAction) : new(new AgentAction(action.ToString()), lineEnd);
    }

    internal override ActionReading? ReadAlone(string reply, int start, int end, bool isWholeReply) => isWholeReply ? Read(reply, start, end) : null;

    internal override void Validate()
    {
    }
}
