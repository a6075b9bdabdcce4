namespace Reflexion;

/// <summary>The whole line is the action.</summary>
internal sealed record FreeTextActionSyntax : ActionSyntax
{
    internal override string? FinishName => null;

    internal override string Instructions => "Thought: what you know, what is missing, what to do next\nAction: the action, on one line";

    internal override string NoAction => "Your reply held no action. End it with one line that starts with \"Action:\", followed by the action, and write nothing after it.";

    internal override ActionReading Read(string reply, int start, int end)
    {
        int from = ReplyText.SkipDecoration(reply, start, end);
        ReadOnlySpan<char> line = reply.AsSpan(from, ReplyText.LineEnd(reply, from, end) - from);
        if (ReplyLabels.TryFindInline(line, ReplyLabel.Observation, out int observation, out _))
        {
            line = line[..observation];
        }

        line = ReplyText.TrimEnd(line);
        return line.IsEmpty
            ? new(null, from, NoAction)
            : new(new AgentAction(line.ToString()), from + line.Length);
    }

    internal override ActionReading? ReadAlone(string reply, int start, int end, bool isWholeReply) => isWholeReply ? Read(reply, start, end) : null;

    internal override void Validate()
    {
    }
}
