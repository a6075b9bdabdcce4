using System.Buffers;
using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>Byte-pair encoding over the bytes of words (GPT-2; Radford et al. 2019).</summary>
internal sealed class ByteLevelTokenizer : Tokenizer
{
    private readonly WordCutter _cutter;
    private readonly WordCache _cache = new();
    private readonly MergeTable _merges;
    private readonly int[] _byteIds;
    private readonly Dictionary<string, int>? _wholeWords;

    /// <param name="spec">Checked.</param>
    internal ByteLevelTokenizer(TokenizerSpec spec)
        : base(spec, spec.TokenTypes, new TokenBytes(spec.Tokens.Length, id => BytesOf(spec, id)))
    {
        _cutter = WordCutter.Find(spec.PreTokenizer)
            ?? throw new ModelFormatException(spec.Source, $"the pre-tokenizer '{spec.PreTokenizer}' is not known; known are {WordCutter.Names}.");
        Dictionary<string, int> ids = TokenIds.ByText(spec);
        _byteIds = [.. Enumerable.Range(0, 256).Select(value => IdOfByte(spec, ids, (byte)value))];
        _merges = MergeTables.OfRanks(spec, ids);
        _wholeWords = spec.IgnoreMerges == true ? ids : null;
    }

    internal override bool HasSpacePrefix => false;

    private protected override void EncodeText(ReadOnlySpan<char> text, bool beginsText, List<int> ids)
    {
        while (!text.IsEmpty)
        {
            int length = _cutter.FirstWord(text);
            EncodeWord(text[..length], ids);
            text = text[length..];
        }
    }

    private static byte[] BytesOf(TokenizerSpec spec, int id) =>
        (spec.TokenTypes[id] == TokenType.Normal ? ByteLetters.TryRead(spec.Tokens[id]) : null) ?? Encoding.UTF8.GetBytes(spec.Tokens[id]);

    private static int IdOfByte(TokenizerSpec spec, Dictionary<string, int> ids, byte value) =>
        ids.TryGetValue(ByteLetters.LetterOf(value).ToString(), out int id)
            ? id
            : spec.UnknownId ?? throw new ModelFormatException(spec.Source, $"the tokenizer has no token for the byte 0x{value:X2}, nor one for what is unknown.");

    private void EncodeWord(ReadOnlySpan<char> word, List<int> ids)
    {
        if (_cache.Find(word) is { } known)
        {
            ids.AddRange(known);
            return;
        }

        int most = Encoding.UTF8.GetMaxByteCount(word.Length);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(most);
        int[] symbols = ArrayPool<int>.Shared.Rent(most);
        int byteCount = Encoding.UTF8.GetBytes(word, bytes);
        int count = WholeWord(bytes.AsSpan(0, byteCount), symbols) ? 1 : Merge(bytes.AsSpan(0, byteCount), symbols);
        ids.AddRange(symbols.AsSpan(0, count));
        _cache.Keep(word, symbols.AsSpan(0, count));
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<int>.Shared.Return(symbols);
    }

    private bool WholeWord(ReadOnlySpan<byte> word, Span<int> symbols) =>
        _wholeWords is not null && _wholeWords.TryGetValue(ByteLetters.Spell(word), out symbols[0]);

    private int Merge(ReadOnlySpan<byte> word, Span<int> symbols)
    {
        for (int i = 0; i < word.Length; i++)
        {
            symbols[i] = _byteIds[word[i]];
        }

        return Merger.Merge(_merges, symbols[..word.Length]);
    }
}
