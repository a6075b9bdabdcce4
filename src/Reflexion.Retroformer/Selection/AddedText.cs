namespace Reflexion.Retroformer;

/// <summary>What a prompt adds to the base prompt, without the sentence and the tags around it.</summary>
internal static class AddedText
{
    /// <summary>What was added for one trial: parts that the base prompt does not have; empty where there are none.</summary>
    internal static string Of(ActorPrompt prompt, ActorPrompt basePrompt) =>
        string.Join('\n', prompt.Parts.Where(part => !basePrompt.Parts.Contains(part)).Select(part => Unwrap(part.Text)));

    /// <summary>The refinements that a prompt holds; empty where there are none.</summary>
    internal static string In(ActorPrompt prompt) =>
        string.Join('\n', prompt.Parts.Where(part => part.Kind >= PromptPartKind.LastAttempt).Select(part => Unwrap(part.Text)));

    // What Fence.Wrap made: a line with the tag, the text, a line with the closing tag.
    private static string Unwrap(string text)
    {
        int open = text.IndexOf(">\n", StringComparison.Ordinal);
        int close = text.LastIndexOf("\n</", StringComparison.Ordinal);
        return open >= 0 && close > open + 1 && text.EndsWith('>') ? text[(open + 2)..close] : text;
    }
}
