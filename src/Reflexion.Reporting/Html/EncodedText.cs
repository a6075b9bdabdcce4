using System.Globalization;
using System.Net;
using System.Text;

namespace Reflexion;

/// <summary>Text for the parts of a page that stand without a program: never markup, and with what cannot be seen made visible.</summary>
internal static class EncodedText
{
    /// <summary>Encodes a text; control, format and direction characters and halves of surrogate pairs become their code points, as the page's program shows them.</summary>
    internal static string Of(string text)
    {
        var visible = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isLetter = Rune.TryGetRuneAt(text, i, out Rune rune);
            int code = isLetter ? rune.Value : text[i];
            if (isLetter && !IsUnseen(rune))
            {
                visible.Append(rune);
            }
            else
            {
                visible.Append(CultureInfo.InvariantCulture, $"\u27E8U+{code:X4}\u27E9");
            }

            i += isLetter ? rune.Utf16SequenceLength - 1 : 0;
        }

        return WebUtility.HtmlEncode(visible.ToString());
    }

    private static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
