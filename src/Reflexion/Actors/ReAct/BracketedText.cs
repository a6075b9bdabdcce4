namespace Reflexion;

/// <summary>The pieces of <c>Name[argument]</c>.</summary>
internal static class BracketedText
{
    /// <summary>Says whether an action of a name exists.</summary>
    internal delegate bool NameTest(ReadOnlySpan<char> name);

    /// <summary>The length of the name a text starts with; 0 for none.</summary>
    internal static int NameLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && IsNameCharacter(text[length]))
        {
            length++;
        }

        return length;
    }

    /// <summary>Where the bracket opened at <paramref name="open"/> is closed, or -1.</summary>
    internal static int Close(ReadOnlySpan<char> text, int open)
    {
        int depth = 0;
        for (int at = open; at < text.Length; at++)
        {
            depth += text[at] == '[' ? 1 : text[at] == ']' ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Whether an action stands anywhere in a text.</summary>
    internal static bool HoldsAction(ReadOnlySpan<char> text, NameTest isKnown)
    {
        text = text[..(text.LastIndexOf(']') + 1)];
        for (int at = 0, open; (open = text[at..].IndexOf('[')) >= 0; at += open + 1)
        {
            int name = at + open;
            while (name > at && IsNameCharacter(text[name - 1]))
            {
                name--;
            }

            if (name < at + open && isKnown(text[name..(at + open)]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNameCharacter(char character) => char.IsLetterOrDigit(character) || character is '_' or '-' or '.';
}
