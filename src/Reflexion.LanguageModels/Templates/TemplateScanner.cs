using System.Globalization;
using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>Reads the tokens inside a tag.</summary>
internal sealed class TemplateScanner(string source, int start, Func<int, TemplatePosition> positionOf)
{
    private static readonly string[] LongOperators = ["//", "**", "==", "!=", "<=", ">="];
    private readonly Stack<char> _open = new();

    internal int Position { get; private set; } = start;

    /// <summary>Passes blanks; says whether the tag's end comes next, outside brackets.</summary>
    /// <returns>The sign before the end (a blank for none), with the position behind it; a zero if the end does not come next.</returns>
    internal char SkipToEnd(string end)
    {
        Position += PythonText.StartAfterSpace(source.AsSpan(Position));
        ReadOnlySpan<char> rest = source.AsSpan(Position);
        if (_open.Count > 0)
        {
            return '\0';
        }

        if (rest.StartsWith(end, StringComparison.Ordinal))
        {
            return ' ';
        }

        if (rest is ['-' or '+', ..] && rest[1..].StartsWith(end, StringComparison.Ordinal))
        {
            return source[Position++];
        }

        return '\0';
    }

    /// <summary>The next token; null at the end of the source.</summary>
    internal TemplateToken? Next()
    {
        if (Position >= source.Length)
        {
            return null;
        }

        char first = source[Position];
        int from = Position;
        TemplateTokenKind kind;
        string text;
        if (char.IsLetter(first) || first == '_')
        {
            (kind, text) = (TemplateTokenKind.Name, While(character => char.IsLetterOrDigit(character) || character == '_'));
        }
        else if (char.IsAsciiDigit(first))
        {
            (kind, text) = Number();
        }
        else if (first is '\'' or '"')
        {
            (kind, text) = (TemplateTokenKind.Text, Quoted(first));
        }
        else
        {
            (kind, text) = (TemplateTokenKind.Operator, Operator(first));
        }

        return new TemplateToken(kind, text, positionOf(from));
    }

    private string While(Func<char, bool> belongs)
    {
        int from = Position;
        while (Position < source.Length && belongs(source[Position]))
        {
            Position++;
        }

        return source[from..Position];
    }

    private (TemplateTokenKind Kind, string Text) Number()
    {
        int from = Position;
        While(IsDigit);
        bool isFloat = Position + 1 < source.Length && source[Position] == '.' && char.IsAsciiDigit(source[Position + 1]);
        if (isFloat)
        {
            Position++;
            While(IsDigit);
        }

        int exponent = Position;
        if (Position < source.Length && source[Position] is 'e' or 'E')
        {
            Position += Position + 1 < source.Length && source[Position + 1] is '+' or '-' ? 2 : 1;
            bool hasDigits = While(IsDigit).Length > 0;
            Position = hasDigits ? Position : exponent;
            isFloat |= hasDigits;
        }

        return (isFloat ? TemplateTokenKind.Float : TemplateTokenKind.Integer, source[from..Position].Replace("_", "", StringComparison.Ordinal));
    }

    private static bool IsDigit(char character) => char.IsAsciiDigit(character) || character == '_';

    private string Operator(char first)
    {
        foreach (string known in LongOperators)
        {
            if (string.CompareOrdinal(source, Position, known, 0, 2) == 0)
            {
                Position += 2;
                return known;
            }
        }

        if ("+-*/%~<>=.,:|()[]{}".IndexOf(first, StringComparison.Ordinal) < 0)
        {
            throw Error($"The character '{first}' has no meaning here.");
        }

        if (first is '(' or '[' or '{')
        {
            _open.Push(first is '(' ? ')' : first is '[' ? ']' : '}');
        }
        else if (first is ')' or ']' or '}' && (_open.Count == 0 || _open.Pop() != first))
        {
            throw Error($"'{first}' closes what was not opened.");
        }

        Position++;
        return first.ToString();
    }

    private string Quoted(char quote)
    {
        var text = new StringBuilder();
        int from = Position++;
        while (Position < source.Length && source[Position] != quote)
        {
            if (source[Position] == '\\' && Position + 1 < source.Length)
            {
                Position++;
                Escape(text);
            }
            else
            {
                text.Append(source[Position++]);
            }
        }

        if (Position++ >= source.Length)
        {
            Position = from;
            throw Error("A text in quotes has no end.");
        }

        return text.ToString();
    }

    private void Escape(StringBuilder text)
    {
        char escape = source[Position++];
        switch (escape)
        {
            case 'x':
                Code(text, 2);
                break;
            case 'u':
                Code(text, 4);
                break;
            case 'U':
                Code(text, 8);
                break;
            case '\n':
                break;
            case >= '0' and <= '7':
                Position--;
                Octal(text);
                break;
            default:
                int index = "abfnrtv\\'\"".IndexOf(escape, StringComparison.Ordinal);
                text.Append(index < 0 ? $"\\{escape}" : "\a\b\f\n\r\t\v\\'\""[index].ToString());
                break;
        }
    }

    private void Octal(StringBuilder text)
    {
        int value = 0;
        for (int digits = 0; digits < 3 && Position < source.Length && source[Position] is >= '0' and <= '7'; digits++)
        {
            value = (8 * value) + (source[Position++] - '0');
        }

        text.Append((char)value);
    }

    private void Code(StringBuilder text, int digits)
    {
        if (Position + digits > source.Length
            || !int.TryParse(source.AsSpan(Position, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value)
            || (uint)value > 0x10FFFF)
        {
            throw Error($"The escape needs {digits} hexadecimal digits of a character's code.");
        }

        text.Append(value > 0xFFFF ? char.ConvertFromUtf32(value) : ((char)value).ToString());
        Position += digits;
    }

    private ChatTemplateException Error(string message) => new(message, positionOf(Position));
}
