using System.Globalization;
using System.Text;

namespace Reflexion;

/// <summary>The characters beneath <see cref="LenientJsonReader"/>: space and comments, keys, strings, words.</summary>
internal sealed class LenientJsonScanner(string text, int start)
{
    private int _at = start;

    internal int Position => _at;

    /// <summary>A code fence that closes ends the text as well.</summary>
    internal bool AtEnd => IsEnd(_at);

    internal char Current => text[_at];

    internal static bool IsQuote(char c) => c is '"' or '\'' or '“' or '”';

    internal void Advance() => _at++;

    internal bool TryTake(char expected)
    {
        bool there = !AtEnd && Current == expected;
        _at += there ? 1 : 0;
        return there;
    }

    /// <summary>Passes over white space and comments; false at the end of the text.</summary>
    internal bool SkipSpace()
    {
        _at = PastSpace(_at);
        return !AtEnd;
    }

    /// <summary>Passes over white space, comments and commas; false at the end of the text.</summary>
    internal bool SkipToItem()
    {
        while (SkipSpace() && Current == ',')
        {
            _at++;
        }

        return !AtEnd;
    }

    /// <summary>Reads a key, quoted or not; null where there is none.</summary>
    internal string? ReadKey()
    {
        if (IsQuote(Current))
        {
            // Keys hold no quotes: the first one ends them, lest a stray quote swallow the rest of the text.
            return ReadQuoted(_ => true);
        }

        int end = PastName(_at);
        string key = text[_at..end];
        _at = end;
        return key.Length == 0 ? null : key;
    }

    internal string ReadString(bool inObject) => ReadQuoted(at => EndsString(at, inObject));

    /// <summary>Reads up to the next comma, closing bracket or line end.</summary>
    internal string ReadWord()
    {
        int from = _at;
        while (!AtEnd && Current is not (',' or '}' or ']' or '\n') && !StartsComment(_at))
        {
            _at++;
        }

        return WellFormedText.Of(text[from.._at].Trim());
    }

    private string ReadQuoted(Func<int, bool> endsAt)
    {
        char open = text[_at++];
        var value = new StringBuilder();
        while (_at < text.Length)
        {
            char c = text[_at++];
            if (c == '\\')
            {
                ReadEscape(value);
            }
            else if (IsQuote(c) && Closes(open, c) && endsAt(_at))
            {
                return WellFormedText.Of(value.ToString());
            }
            else
            {
                value.Append(c);
            }
        }

        return WellFormedText.Of(value.ToString());
    }

    private static bool Closes(char open, char close) => open is '“' or '”' ? close is '“' or '”' or '"' : open == close;

    private void ReadEscape(StringBuilder value)
    {
        if (_at >= text.Length)
        {
            return;
        }

        char c = text[_at++];
        if (c == 'u' && _at + 4 <= text.Length && ushort.TryParse(text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
        {
            value.Append((char)code);
            _at += 4;
            return;
        }

        value.Append(c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', _ => c });
    }

    // A quote inside a string is one that nothing follows which could follow a string.
    private bool EndsString(int at, bool inObject)
    {
        int next = PastSpace(at);
        return IsEnd(next) || text[next] switch
        {
            '}' or ']' => true,
            ',' => !inObject || StartsProperty(next + 1),
            _ => text.AsSpan(at, next - at).Contains('\n') && (inObject ? StartsProperty(next) : IsQuote(text[next])),
        };
    }

    private bool StartsProperty(int at)
    {
        int next = PastSpace(at);
        if (IsEnd(next) || text[next] is '}' or ',' || IsQuote(text[next]))
        {
            return true;
        }

        int end = PastName(next);
        int colon = PastSpace(end);
        return end > next && !IsEnd(colon) && text[colon] == ':';
    }

    private int PastName(int at)
    {
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-' or '$'))
        {
            at++;
        }

        return at;
    }

    private int PastSpace(int at)
    {
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]) || text[at] == '\uFEFF')
            {
                at++;
            }
            else if (StartsComment(at))
            {
                at = PastComment(at);
            }
            else
            {
                break;
            }
        }

        return at;
    }

    // A comment stands behind a space or a delimiter; the // of an address does not.
    private bool StartsComment(int at) =>
        (text[at] == '#' || text.AsSpan(at).StartsWith("//") || text.AsSpan(at).StartsWith("/*"))
        && (at == 0 || char.IsWhiteSpace(text[at - 1]) || text[at - 1] is ',' or '{' or '[' or '}' or ']' or '"' or '\'');

    private int PastComment(int at)
    {
        bool block = text.AsSpan(at).StartsWith("/*");
        int end = block ? text.IndexOf("*/", at + 2, StringComparison.Ordinal) : text.IndexOf('\n', at);
        return end < 0 ? text.Length : block ? end + 2 : end;
    }

    private bool IsEnd(int at) => at >= text.Length || text.AsSpan(at).StartsWith("```");
}
