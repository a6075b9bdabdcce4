using System.Buffers;

namespace Reflexion.Environments;

/// <summary>How things are called: a word, a space, a number. Commands can be read without doubt because of it.</summary>
internal static class HouseholdName
{
    private static readonly SearchValues<char> WordCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Whether a text is one word without signs that would break a list or a line.</summary>
    internal static bool IsWord(string? text) => !string.IsNullOrEmpty(text) && !text.AsSpan().ContainsAnyExcept(WordCharacters);

    /// <summary>Whether a text is a name. A word alone is one too: it is what ALFWorld calls things whose ids have no position.</summary>
    internal static bool IsName(string? text)
    {
        if (text is null)
        {
            return false;
        }

        int space = text.IndexOf(' ', StringComparison.Ordinal);
        return space < 0
            ? IsWord(text)
            : IsWord(text[..space]) && space + 1 < text.Length && text[space + 1] is >= '1' and <= '9' && !text.AsSpan(space + 2).ContainsAnyExceptInRange('0', '9');
    }
}
