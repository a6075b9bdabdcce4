namespace Reflexion;

/// <summary>Shortens text.</summary>
internal static class Clip
{
    /// <summary>Cuts a text that is too long: after its last whole sentence, else after its last whole word, else where it must.</summary>
    internal static string AtBoundary(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        ReadOnlySpan<char> head = text.AsSpan(0, char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit);
        int sentence = head.LastIndexOfAny(['.', '!', '?', '\n']) + 1;
        int word = head.LastIndexOf(' ');

        // A sentence that ends in the first half would cost more than it saves.
        int cut = sentence > limit / 2 ? sentence : word > limit / 2 ? word : head.Length;
        return head[..cut].TrimEnd().ToString();
    }
}
