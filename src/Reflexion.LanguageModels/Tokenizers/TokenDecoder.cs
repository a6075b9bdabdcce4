using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>Turns a stream of tokens into text, never giving out half a character. For one thread at a time.</summary>
/// <remarks>The pieces put together, <see cref="Flush"/> included, are what <see cref="Tokenizer.Decode"/> makes of all tokens at once.</remarks>
public sealed class TokenDecoder
{
    private readonly Tokenizer _tokenizer;
    private readonly bool _skipSpecial;
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();
    private bool _beginsText = true;

    internal TokenDecoder(Tokenizer tokenizer, bool skipSpecial)
    {
        _tokenizer = tokenizer;
        _skipSpecial = skipSpecial;
    }

    /// <summary>Takes in the next token.</summary>
    /// <param name="id">A token.</param>
    /// <returns>The text that is certain now; empty while a character is incomplete.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is not in the vocabulary.</exception>
    public string Append(int id) => Append([id]);

    /// <summary>Takes in the next tokens.</summary>
    /// <param name="ids">Tokens.</param>
    /// <returns>The text that is certain now.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary; those before it are taken in.</exception>
    public string Append(ReadOnlySpan<int> ids)
    {
        var text = new StringBuilder();
        foreach (int id in ids)
        {
            Convert(BytesOf(id), text, flush: false);
        }

        return text.ToString();
    }

    /// <summary>Ends the stream; the decoder is as new afterwards.</summary>
    /// <returns>U+FFFD where the last character stayed incomplete; else an empty text.</returns>
    public string Flush()
    {
        var text = new StringBuilder();
        Convert([], text, flush: true);
        _beginsText = true;
        return text.ToString();
    }

    private ReadOnlySpan<byte> BytesOf(int id)
    {
        ReadOnlySpan<byte> bytes = _tokenizer.BytesOf(id);
        if (_tokenizer.IsControl(id))
        {
            _beginsText = true;
            return _skipSpecial ? [] : bytes;
        }

        bool dropsSpace = _beginsText && _tokenizer.HasSpacePrefix && bytes.StartsWith((byte)' ');
        _beginsText = false;
        return dropsSpace ? bytes[1..] : bytes;
    }

    private void Convert(ReadOnlySpan<byte> bytes, StringBuilder text, bool flush)
    {
        // A token may complete what an earlier one began, hence the room for one more character.
        Span<char> room = bytes.Length < 250 ? stackalloc char[256] : new char[bytes.Length + 6];
        int written = _utf8.GetChars(bytes, room, flush);
        text.Append(room[..written]);
    }
}
