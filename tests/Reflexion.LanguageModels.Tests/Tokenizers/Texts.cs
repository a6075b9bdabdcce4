using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Reflexion.Tests;

/// <summary>Random texts of the characters that tokenizers trip over.</summary>
internal static class Texts
{
    private static readonly string[] Basic =
    [
        "a", "b", "e", "t", "s", "S", "T", "'", "'s", "'ll", "'RE", "'ve", " ", "  ", "   ", "\n", "\r", "\r\n", "\t", "\v", "\u00A0", "\u2003", "\u2028", "\u3000",
        "0", "1", "42", "½", "²", "٣", "Ⅷ", ".", ",", "!", "?", "-", "_", "#", "€", "é", "ß", "Ω", "ж", "中", "日", "한", "ا", "ा", "\u0301", "\u200B", "\u200D", "\uFEFF", "\uFFFD", "\0", "\u007F", "\u0085",
    ];

    private static readonly string[] Wide = [.. Basic, "🙂", "👍🏽", "𝒳", "𐌰", "𝟘", "<|im_end|>", "<|im_start|>", "the ", "agent"];

    /// <summary>Well-formed texts without surrogates.</summary>
    public static Arbitrary<string> OfBasicCharacters { get; } = Of(Basic);

    /// <summary>Well-formed texts, control tokens' names among them.</summary>
    public static Arbitrary<string> WellFormed { get; } = Of(Wide);

    /// <summary>Any bytes.</summary>
    public static Arbitrary<byte[]> Bytes { get; } = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().ToArbitrary();

    public static string Utf8(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static Arbitrary<string> Of(string[] pieces) => Gen.Elements(pieces).ListOf().Select(string.Concat).ToArbitrary();
}
