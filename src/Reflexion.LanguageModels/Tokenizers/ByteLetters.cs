using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>The letters that GPT-2's vocabularies spell bytes with: printable Latin-1 stands for itself, the rest for U+0100 onwards.</summary>
internal static class ByteLetters
{
    private static readonly char[] Letters = MakeLetters();
    private static readonly short[] Bytes = MakeBytes();

    internal static char LetterOf(byte value) => Letters[value];

    internal static string Spell(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (byte value in bytes)
        {
            text.Append(Letters[value]);
        }

        return text.ToString();
    }

    /// <summary>The bytes that a text spells; null where it holds a character that is no byte's letter.</summary>
    internal static byte[]? TryRead(string text)
    {
        byte[] bytes = new byte[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            short value = text[i] < Bytes.Length ? Bytes[text[i]] : (short)-1;
            if (value < 0)
            {
                return null;
            }

            bytes[i] = (byte)value;
        }

        return bytes;
    }

    private static char[] MakeLetters()
    {
        char[] letters = new char[256];
        char next = '\u0100';
        for (int value = 0; value < 256; value++)
        {
            bool standsForItself = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            letters[value] = standsForItself ? (char)value : next++;
        }

        return letters;
    }

    private static short[] MakeBytes()
    {
        short[] bytes = new short[Letters.Max() + 1];
        Array.Fill(bytes, (short)-1);
        for (int value = 0; value < 256; value++)
        {
            bytes[Letters[value]] = (short)value;
        }

        return bytes;
    }
}
