namespace Reflexion;

/// <summary>What one reply says in the Thought/Action/Observation protocol: its first thought and its first action.</summary>
/// <param name="Text">The reply up to the end of its first action; what a model made up after it (observations, further steps) is gone.</param>
/// <param name="Thought">What stands before the action, without labels, or null.</param>
/// <param name="Action">The action; where there is a <paramref name="Problem"/>, what stands in its place, or null.</param>
/// <param name="Problem">What the model must fix, or null where the action could be read.</param>
/// <param name="IsAnswer">Whether the action gives the final answer.</param>
/// <param name="HasMoreActions">Whether the line goes on with further actions, which are not in <paramref name="Text"/>.</param>
internal sealed record ReActReply(string Text, string? Thought, AgentAction? Action, string? Problem, bool IsAnswer, bool HasMoreActions)
{
    /// <summary>Reads a reply. Never throws, whatever the model wrote.</summary>
    internal static ReActReply Parse(string reply, ActionSyntax syntax)
    {
        ReplyOutline outline = ReplyOutline.Of(reply, syntax.FinishName is not null);
        (int thoughtEnd, ActionReading reading) = outline.Label switch
        {
            ReplyLabel.Action => (outline.LabelStart, syntax.Read(reply, outline.Body, outline.End)),
            ReplyLabel.FinalAnswer => (outline.LabelStart, ReadAnswer(reply, outline, syntax)),
            _ => ReadUnlabelled(reply, outline, syntax),
        };
        int end = reading.Problem is null ? reading.End : outline.End;
        return new(
            reply[outline.Start..end].Trim(), ThoughtIn(reply, outline.Start, thoughtEnd), reading.Action, reading.Problem, reading.IsAnswer, reading.HasMore);
    }

    private static ActionReading ReadAnswer(string reply, ReplyOutline outline, ActionSyntax syntax)
    {
        ActionReading written = syntax.Read(reply, outline.Body, outline.End);
        if (written is { IsAnswer: true })
        {
            return written;
        }

        int start = ReplyText.SkipBlank(reply, outline.Body, outline.End);
        ReadOnlySpan<char> answer = ReplyText.Unwrap(reply, start, outline.End);
        return answer.IsEmpty
            ? new(null, outline.End, $"Your answer is empty. Write \"Action: {syntax.FinishName}[answer]\".")
            : new(new AgentAction(reply[outline.LabelStart..outline.End].Trim()) { Name = syntax.FinishName, Argument = answer.ToString() }, outline.End, IsAnswer: true);
    }

    /// <summary>Reads a reply without <c>Action:</c> at the start of a line: the label may stand inside the last line, or be missing.</summary>
    private static (int ThoughtEnd, ActionReading Reading) ReadUnlabelled(string reply, ReplyOutline outline, ActionSyntax syntax)
    {
        (int start, int end) = outline.LastLine(reply);
        if (TryFindInline(reply, start, end, ReplyLabel.Action, outline) is { } action
            && syntax.Read(reply, action.Body, end) is { Problem: null } reading)
        {
            return (action.LabelStart, reading);
        }

        if (syntax.FinishName is not null && TryFindInline(reply, start, end, ReplyLabel.FinalAnswer, outline) is { } answer)
        {
            return (answer.LabelStart, ReadAnswer(reply, answer, syntax));
        }

        bool isWholeReply = !outline.HasThought && reply.AsSpan(outline.Start, start - outline.Start).IsWhiteSpace();
        return syntax.ReadAlone(reply, start, end, isWholeReply) is { } alone
            ? (start, alone)
            : (outline.End, new(null, outline.End, syntax.NoAction));
    }

    private static ReplyOutline? TryFindInline(string reply, int start, int end, ReplyLabel label, ReplyOutline outline)
    {
        ReadOnlySpan<char> line = reply.AsSpan(start, end - start);
        return ReplyLabels.TryFindInline(line, label, out int at, out int body)
            && !ReplyLabels.TryFindInline(line[..at], ReplyLabel.Observation, out _, out _)
            ? outline with { End = end, Label = label, LabelStart = start + at, Body = start + body }
            : null;
    }

    /// <summary>The text of a piece of a reply without the labels of thoughts; null where nothing is left.</summary>
    internal static string? ThoughtIn(string reply, int start, int end)
    {
        var thought = new ReplyThought();
        int from = start;
        for (int line = start, lineEnd; line < end; line = lineEnd + 1)
        {
            lineEnd = ReplyText.LineEnd(reply, line, end);
            if (ReplyLabels.Read(reply.AsSpan(line, lineEnd - line), out int length) == ReplyLabel.Thought)
            {
                thought.Add(reply.AsSpan(from, line - from));
                from = line + length;
            }
        }

        thought.Add(reply.AsSpan(from, end - from));
        return thought.Text;
    }
}
