using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>SentencePiece's byte-pair encoding over characters, with bytes for characters that are no tokens (Kudo and Richardson 2018).</summary>
internal sealed class SentencePieceTokenizer : Tokenizer
{
    private const char Space = '▁';
    private const int NoToken = -1;

    private readonly MergeTable _merges;
    private readonly WordCache _cache = new();
    private readonly Dictionary<int, int> _characterIds;
    private readonly int[] _byteIds;
    private readonly bool _wordsStandAlone;

    /// <param name="spec">Checked.</param>
    internal SentencePieceTokenizer(TokenizerSpec spec)
        : base(spec, spec.TokenTypes, new TokenBytes(spec.Tokens.Length, id => BytesOf(spec, id)))
    {
        Dictionary<string, int> ids = TokenIds.ByText(spec);
        _merges = spec.Scores.IsEmpty ? MergeTables.OfRanks(spec, ids) : MergeTables.OfScores(spec, ids);
        _characterIds = Characters(ids);
        _byteIds = Bytes(spec);

        // No token holds a space after something else: then words cannot grow together, and can be merged one by one.
        _wordsStandAlone = !ids.Keys.Any(text => text.AsSpan().TrimStart(Space).Contains(Space));
    }

    internal override bool HasSpacePrefix => Spec.AddSpacePrefix == true;

    private protected override void EncodeText(ReadOnlySpan<char> text, bool beginsText, List<int> ids)
    {
        char[] rented = ArrayPool<char>.Shared.Rent(text.Length + 1);
        int start = beginsText && HasSpacePrefix ? 1 : 0;
        rented[0] = Space;
        text.Replace(rented.AsSpan(start), ' ', Space);
        ReadOnlySpan<char> rest = rented.AsSpan(0, start + text.Length);
        while (!rest.IsEmpty)
        {
            int length = _wordsStandAlone ? FirstWord(rest) : rest.Length;
            EncodeWord(rest[..length], ids);
            rest = rest[length..];
        }

        ArrayPool<char>.Shared.Return(rented);
    }

    private static int FirstWord(ReadOnlySpan<char> text)
    {
        int spaces = text.IndexOfAnyExcept(Space);
        int letters = spaces < 0 ? -1 : text[spaces..].IndexOf(Space);
        return letters < 0 ? text.Length : spaces + letters;
    }

    private static byte[] BytesOf(TokenizerSpec spec, int id)
    {
        string text = spec.Tokens[id];
        return spec.TokenTypes[id] switch
        {
            TokenType.Byte => [ByteOf(spec, text)],
            TokenType.Control or TokenType.Unknown => Encoding.UTF8.GetBytes(text),
            _ => Encoding.UTF8.GetBytes(text.Replace(Space, ' ')),
        };
    }

    private static byte ByteOf(TokenizerSpec spec, string text) =>
        text.Length == 6 && text.StartsWith("<0x", StringComparison.Ordinal) && text[5] == '>'
        && byte.TryParse(text.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value)
            ? value
            : throw new ModelFormatException(spec.Source, $"the byte token '{text}' is not written like <0x0A>.");

    private static Dictionary<int, int> Characters(Dictionary<string, int> ids)
    {
        var characters = new Dictionary<int, int>();
        foreach ((string text, int id) in ids)
        {
            if (Rune.DecodeFromUtf16(text, out Rune character, out int length) == OperationStatus.Done && length == text.Length)
            {
                characters.Add(character.Value, id);
            }
        }

        return characters;
    }

    private static int[] Bytes(TokenizerSpec spec)
    {
        int[] ids = new int[256];
        Array.Fill(ids, spec.UnknownId ?? NoToken);
        for (int id = 0; id < spec.Tokens.Length; id++)
        {
            if (spec.TokenTypes[id] == TokenType.Byte)
            {
                ids[ByteOf(spec, spec.Tokens[id])] = id;
            }
        }

        int missing = Array.IndexOf(ids, NoToken);
        return missing < 0
            ? ids
            : throw new ModelFormatException(spec.Source, $"the tokenizer has no token for the byte 0x{missing:X2}, nor one for what is unknown.");
    }

    private void EncodeWord(ReadOnlySpan<char> word, List<int> ids)
    {
        if (_cache.Find(word) is { } known)
        {
            ids.AddRange(known);
            return;
        }

        int[] symbols = ArrayPool<int>.Shared.Rent(word.Length);
        int count = 0;
        foreach (Rune character in word.EnumerateRunes())
        {
            symbols[count++] = _characterIds.TryGetValue(character.Value, out int id) ? id : MergeTables.SymbolOf(character);
        }

        count = Merger.Merge(_merges, symbols.AsSpan(0, count));
        int first = ids.Count;
        foreach (int symbol in symbols.AsSpan(0, count))
        {
            AddSymbol(symbol, ids);
        }

        ArrayPool<int>.Shared.Return(symbols);
        _cache.Keep(word, CollectionsMarshal.AsSpan(ids)[first..]);
    }

    private void AddSymbol(int symbol, List<int> ids)
    {
        if (symbol >= 0)
        {
            ids.Add(symbol);
            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        int length = new Rune(~symbol).EncodeToUtf8(bytes);
        foreach (byte value in bytes[..length])
        {
            // What is unknown side by side is one unknown token.
            if (_byteIds[value] != Spec.UnknownId || ids is [] || ids[^1] != Spec.UnknownId)
            {
                ids.Add(_byteIds[value]);
            }
        }
    }
}
