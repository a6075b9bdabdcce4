namespace Reflexion;

/// <summary>Replaces lone halves of surrogate pairs, which no encoding can write.</summary>
internal static class WellFormedText
{
    internal static string Of(string text)
    {
        char[]? mended = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                mended ??= text.ToCharArray();
                mended[i] = '\uFFFD';
            }
        }

        return mended is null ? text : new(mended);
    }
}
