namespace Reflexion;

/// <summary>Finds the answer in a chain of thought, however it is written down.</summary>
internal static class AnswerText
{
    /// <summary>The protocol of an actor that can do nothing but answer.</summary>
    internal static readonly BracketedActionSyntax FinishOnly = new() { Actions = ["Finish"] };

    private static readonly string[] Phrases = ["Answer:", "The answer is"];

    /// <summary>Reads a reply by the protocol, then looks for <c>Finish[…]</c>, <c>Answer:</c> or <c>The answer is</c> in it; the last one counts.</summary>
    /// <returns>A reply whose action is the answer, or one with the problem to report to the model.</returns>
    internal static ReActReply Read(string reply)
    {
        ReActReply read = ReActReply.Parse(reply, FinishOnly);
        AgentAction? found = read.IsAnswer ? null : Finish(read.Text) ?? Phrase(read.Text);
        return found is null
            ? read
            : read with { Thought = ReActReply.ThoughtIn(read.Text, 0, read.Text.Length), Action = found, Problem = null, IsAnswer = true };
    }

    private static AgentAction? Finish(string text)
    {
        int at = text.LastIndexOf("Finish[", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && FinishOnly.Read(text, at, text.Length) is { IsAnswer: true } reading ? reading.Action : null;
    }

    private static AgentAction? Phrase(string text)
    {
        (int start, int end) = (-1, -1);
        foreach (string phrase in Phrases)
        {
            int at = text.LastIndexOf(phrase, StringComparison.OrdinalIgnoreCase);
            (start, end) = at > start ? (at, at + phrase.Length) : (start, end);
        }

        if (start < 0)
        {
            return null;
        }

        int from = ReplyText.SkipBlank(text, end, text.Length);
        from = from < text.Length && text[from] == ':' ? ReplyText.SkipBlank(text, from + 1, text.Length) : from;
        int lineEnd = ReplyText.LineEnd(text, from, text.Length);
        int answerEnd = from + text.AsSpan(from, lineEnd - from).TrimEnd().TrimEnd('.').Length;
        ReadOnlySpan<char> answer = ReplyText.Unwrap(text, from, answerEnd).TrimEnd('.');
        return answer.IsEmpty ? null : new AgentAction(text[start..lineEnd].Trim()) { Name = FinishOnly.FinishAction, Argument = answer.ToString() };
    }
}
