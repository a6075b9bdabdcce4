using Microsoft.Extensions.AI;

namespace Reflexion.Retroformer;

/// <summary>What a retrospective model wrote for a trial.</summary>
/// <param name="Text">The text; empty for nothing.</param>
/// <param name="Reply">The reply that it came in, or null where it is not recorded.</param>
internal sealed record RefinementText(string Text, ChatResponse? Reply)
{
    private const string Open = "<guidance>\n";
    private const string Close = "\n</guidance>";

    /// <summary>The refinement in a trial's prompt; null where the prompt came about otherwise.</summary>
    public static RefinementText? Of(RecordedRewrite rewrite)
    {
        if (rewrite.Trial.Prompt.Parts.FirstOrDefault(part => part.Kind == PromptPartKind.Refinement) is { } part)
        {
            return rewrite.Replies.IsEmpty ? new(Unfence(part.Text), null) : InUse(rewrite, part.Text) is { } reply ? new(reply.Text, reply) : null;
        }

        if (rewrite.Replies.IsEmpty)
        {
            return rewrite.Trial.Prompt.Parts.Any(learnt => learnt.Kind >= PromptPartKind.LastAttempt) ? null : new("", null);
        }

        return rewrite.Replies is [var silent] && string.IsNullOrWhiteSpace(silent.Text) ? new(silent.Text, silent) : null;
    }

    // Of several candidates only the one in the prompt was tried: the longest, since one may be part of another.
    private static ChatResponse? InUse(RecordedRewrite rewrite, string part) =>
        rewrite.Replies is [var only] ? only : rewrite.Replies.Where(reply => reply.Text.Trim() is { Length: > 0 } text && part.Contains(text, StringComparison.Ordinal)).MaxBy(reply => reply.Text.Trim().Length);

    private static string Unfence(string part)
    {
        int start = part.IndexOf(Open, StringComparison.Ordinal);
        return start >= 0 && part.EndsWith(Close, StringComparison.Ordinal) && part.Length >= start + Open.Length + Close.Length ? part[(start + Open.Length)..^Close.Length] : part;
    }
}
