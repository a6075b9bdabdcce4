namespace Reflexion;

/// <summary>Where the blocks of a reply lie: thoughts, then the first action, and nothing after it.</summary>
/// <param name="Start">Where the reply starts; private reasoning comes before.</param>
/// <param name="End">Where what counts ends, exclusive: at a made-up observation, at the label after the first action, or with the reply.</param>
/// <param name="Label"><see cref="ReplyLabel.Action"/>, <see cref="ReplyLabel.FinalAnswer"/>, or <see cref="ReplyLabel.None"/> where neither starts a line.</param>
/// <param name="LabelStart">Where the labelled line starts.</param>
/// <param name="Body">Where the text after the label starts.</param>
/// <param name="HasThought">Whether a thought is labelled.</param>
internal readonly record struct ReplyOutline(int Start, int End, ReplyLabel Label, int LabelStart, int Body, bool HasThought)
{
    /// <summary>Finds the blocks of a reply.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="readsAnswers">Whether <c>Final Answer:</c> is a label.</param>
    internal static ReplyOutline Of(string reply, bool readsAnswers)
    {
        int start = ReplyText.AfterThinking(reply);
        var outline = new ReplyOutline(start, reply.Length, ReplyLabel.None, reply.Length, reply.Length, HasThought: false);
        for (int line = start, lineEnd; line < reply.Length; line = lineEnd + 1)
        {
            lineEnd = ReplyText.LineEnd(reply, line, reply.Length);
            ReplyLabel label = ReplyLabels.Read(reply.AsSpan(line, lineEnd - line), out int length);
            label = label == ReplyLabel.FinalAnswer && !readsAnswers ? ReplyLabel.None : label;
            if (label == ReplyLabel.Observation || (label != ReplyLabel.None && outline.Label != ReplyLabel.None))
            {
                return outline with { End = line };
            }

            outline = label switch
            {
                ReplyLabel.None => outline,
                ReplyLabel.Thought => outline with { HasThought = true },
                _ => outline with { Label = label, LabelStart = line, Body = line + length },
            };
        }

        return outline;
    }

    /// <summary>The last line with text on it; code fences are passed over. Empty where there is none.</summary>
    internal (int Start, int End) LastLine(string reply)
    {
        int end = End;
        while (end > Start)
        {
            int start = Math.Max(reply.LastIndexOf('\n', end - 1, end - Start) + 1, Start);
            ReadOnlySpan<char> line = reply.AsSpan(start, end - start);
            if (!line.IsWhiteSpace() && !line.Trim().SequenceEqual("```"))
            {
                return (start, end);
            }

            end = Math.Max(start - 1, Start);
        }

        return (Start, Start);
    }
}
