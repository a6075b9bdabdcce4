using System.Globalization;
using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>Classifies characters by their Unicode category.</summary>
internal static class CharacterClasses
{
    private static readonly CharacterClass[] Ascii = [.. Enumerable.Range(0, 128).Select(character => Classify(new Rune(character)))];

    /// <summary>The class of the character that begins at a position of well-formed UTF-16, and its length in UTF-16 units (0 at the end).</summary>
    internal static CharacterClass At(ReadOnlySpan<char> text, int position, out int length)
    {
        if (position >= text.Length)
        {
            length = 0;
            return CharacterClass.End;
        }

        char first = text[position];
        if (first < 128)
        {
            length = 1;
            return Ascii[first];
        }

        Rune.DecodeFromUtf16(text[position..], out Rune rune, out length);
        return Classify(rune);
    }

    /// <summary>The end of the run of one class that begins at a position.</summary>
    internal static int EndOfRun(ReadOnlySpan<char> text, int position, CharacterClass wanted)
    {
        while (At(text, position, out int length) == wanted)
        {
            position += length;
        }

        return position;
    }

    /// <summary>The end of the run of white space, line breaks included, that begins at a position.</summary>
    internal static int EndOfWhiteSpace(ReadOnlySpan<char> text, int position)
    {
        while (At(text, position, out int length) is CharacterClass.Space or CharacterClass.LineBreak)
        {
            position += length;
        }

        return position;
    }

    private static CharacterClass Classify(Rune rune) => rune.Value is '\r' or '\n'
        ? CharacterClass.LineBreak
        : Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharacterClass.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterClass.Number,
            _ => Rune.IsWhiteSpace(rune) ? CharacterClass.Space : CharacterClass.Other,
        };
}
