namespace Reflexion;

/// <summary>Shortens texts for prompts: the beginning and the end stay, since both say more than the middle.</summary>
internal static class Excerpt
{
    /// <summary>Cuts out the middle of a text longer than a limit, and says how much. The mark comes on top of the limit.</summary>
    internal static string HeadAndTail(string text, int maxCharacters)
    {
        if (text.Length <= maxCharacters)
        {
            return text;
        }

        int head = maxCharacters / 2;
        int tail = text.Length - (maxCharacters - head);
        head -= head > 0 && char.IsHighSurrogate(text[head - 1]) ? 1 : 0;
        tail += tail < text.Length && char.IsLowSurrogate(text[tail]) ? 1 : 0;
        return $"{text.AsSpan(0, head)} [... {tail - head} characters left out ...] {text.AsSpan(tail)}";
    }
}
