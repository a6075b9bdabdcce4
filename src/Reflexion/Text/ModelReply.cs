using System.Text.RegularExpressions;

namespace Reflexion;

/// <summary>Takes from a model's reply what does not belong to its answer.</summary>
internal static partial class ModelReply
{
    /// <summary>Removes the thinking that some models put before their answer.</summary>
    internal static string WithoutReasoning(string reply)
    {
        string rest = Reasoning().Replace(reply, "");
        // The opening tag may be part of the model's prompt template, so that only the closing one is in the reply.
        int end = rest.LastIndexOf("</think>", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? rest : rest[(end + "</think>".Length)..];
    }

    /// <summary>The prose of a reply: no thinking, no code fences, no tags of our prompts, no label before it, no quotes around it.</summary>
    internal static string Prose(string reply)
    {
        string text = Tags().Replace(WithoutReasoning(reply), "");
        text = CodeFences().Replace(text, "").Trim();
        text = Label().Replace(text, "", 1).Trim();
        return text.Length > 1 && text[0] == '"' && text.IndexOf('"', 1) == text.Length - 1 ? text[1..^1].Trim() : text;
    }

    [GeneratedRegex(@"<think(ing)?>.*?</think(ing)?>", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Reasoning();

    [GeneratedRegex(@"</?(task|context|trajectory|evaluation|lessons?|last_attempt|guidance|reflection|plan|reference)>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Tags();

    [GeneratedRegex(@"^[ \t]*```[A-Za-z]*[ \t]*\r?$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex CodeFences();

    [GeneratedRegex(@"^[\s*#]*(self-reflection|reflection|lessons?( learned)?|new plan|guidance|refinement)[ \t]*(\*\*)?:[ \t]*(\*\*)?", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Label();
}
