using System.Buffers;

namespace Reflexion;

/// <summary>Makes JSON safe inside a script element: there is then nothing in it that a browser could take for markup.</summary>
internal static class ScriptData
{
    // 0xE2 begins U+2028 and U+2029, and many harmless characters.
    private static readonly SearchValues<byte> Suspects = SearchValues.Create((byte)'<', (byte)'>', (byte)'&', 0xE2);

    /// <summary>Escapes <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> and the separators U+2028 and U+2029.</summary>
    /// <remarks>In JSON these stand inside strings only, where <c>\u003c</c> is the same letter; so the value stays the same.</remarks>
    /// <param name="json">JSON in UTF-8.</param>
    internal static byte[] Escape(ReadOnlySpan<byte> json)
    {
        var escaped = new ArrayBufferWriter<byte>(json.Length + json.Length / 16 + 16);
        while (json.IndexOfAny(Suspects) is var at and >= 0)
        {
            escaped.Write(json[..at]);
            json = json[at..];
            int length = LengthOf(json);
            escaped.Write(Replacement(json[..length]));
            json = json[length..];
        }

        escaped.Write(json);
        return escaped.WrittenSpan.ToArray();
    }

    private static int LengthOf(ReadOnlySpan<byte> found) => found.StartsWith("\u2028"u8) || found.StartsWith("\u2029"u8) ? 3 : 1;

    private static ReadOnlySpan<byte> Replacement(ReadOnlySpan<byte> found) => found switch
    {
        [(byte)'<'] => "\\u003c"u8,
        [(byte)'>'] => "\\u003e"u8,
        [(byte)'&'] => "\\u0026"u8,
        [_, _, 0xA8] => "\\u2028"u8,
        [_, _, 0xA9] => "\\u2029"u8,
        _ => found,
    };
}
