using System.Text.RegularExpressions;

namespace Reflexion.LanguageModels;

/// <summary>Cuts a template's source into tokens, with blanks around tags removed as Hugging Face sets Jinja up (trim_blocks, lstrip_blocks).</summary>
internal sealed partial class TemplateLexer
{
    private readonly List<TemplateToken> _tokens = [];
    private readonly string _source;
    private int _at;

    // Whether the text before the next tag begins a line.
    private bool _lineStarts = true;

    // Where lines were counted up to.
    private int _counted;
    private int _line = 1;
    private int _lineStart;

    private TemplateLexer(string source)
    {
        source = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        _source = source.EndsWith('\n') ? source[..^1] : source;
    }

    internal static List<TemplateToken> Read(string source) => new TemplateLexer(source).Read();

    private List<TemplateToken> Read()
    {
        while (_at < _source.Length)
        {
            int tag = NextTag(_at);
            AddData(_at, tag);
            if (tag < _source.Length)
            {
                ReadTag(tag);
            }
            else
            {
                _at = tag;
            }
        }

        _tokens.Add(new TemplateToken(TemplateTokenKind.End, "end of the template", PositionOf(_source.Length)));
        return _tokens;
    }

    private int NextTag(int from)
    {
        for (int at = from; (at = _source.IndexOf('{', at)) >= 0 && at + 1 < _source.Length; at++)
        {
            if (_source[at + 1] is '{' or '%' or '#')
            {
                return at;
            }
        }

        return _source.Length;
    }

    private void AddData(int start, int tag)
    {
        ReadOnlySpan<char> data = _source.AsSpan(start..tag);
        if (tag < _source.Length)
        {
            char sign = tag + 2 < _source.Length ? _source[tag + 2] : ' ';
            int lineStart = data.LastIndexOf('\n') + 1;
            if (sign == '-')
            {
                data = data[..PythonText.EndWithoutSpace(data)];
            }
            else if (sign != '+' && _source[tag + 1] != '{' && (lineStart > 0 || _lineStarts) && PythonText.EndWithoutSpace(data[lineStart..]) == 0)
            {
                data = data[..lineStart];
            }
        }

        if (!data.IsEmpty)
        {
            _tokens.Add(new TemplateToken(TemplateTokenKind.Data, data.ToString(), PositionOf(start)));
        }
    }

    private void ReadTag(int tag)
    {
        char kind = _source[tag + 1];
        _at = tag + 2;
        if (_at < _source.Length && _source[_at] is '-' or '+')
        {
            _at++;
        }

        if (kind == '#')
        {
            int end = _source.IndexOf("#}", _at, StringComparison.Ordinal);
            _at = end >= 0 ? end : throw new ChatTemplateException("A comment has no end.", PositionOf(tag));
            EndTag(_source[end - 1] is '-' or '+' && end - 1 >= tag + 2 ? _source[end - 1] : ' ', trimsLine: true);
        }
        else
        {
            _tokens.Add(new TemplateToken(kind == '{' ? TemplateTokenKind.OutputBegin : TemplateTokenKind.BlockBegin, _source.Substring(tag, 2), PositionOf(tag)));
            ReadExpression(kind == '{', tag);
        }
    }

    /// <summary>Reads text up to the end of a raw block as it stands.</summary>
    private void ReadRaw(int tag)
    {
        _tokens.RemoveRange(_tokens.Count - 3, 3);
        Match end = RawEnd().Match(_source, _at);
        if (!end.Success)
        {
            throw new ChatTemplateException("A raw block has no end.", PositionOf(tag));
        }

        AddData(_at, end.Index);
        _at = end.Index + end.Length - 2;
        EndTag(_source[_at - 1], trimsLine: true);
    }

    private void ReadExpression(bool isOutput, int tag)
    {
        string end = isOutput ? "}}" : "%}";
        var scanner = new TemplateScanner(_source, _at, PositionOf);
        while (true)
        {
            char sign = scanner.SkipToEnd(end);
            if (sign != '\0')
            {
                _tokens.Add(new TemplateToken(isOutput ? TemplateTokenKind.OutputEnd : TemplateTokenKind.BlockEnd, end, PositionOf(scanner.Position)));
                _at = scanner.Position;
                bool isRaw = _tokens[^2].IsName("raw") && _tokens[^3].Kind == TemplateTokenKind.BlockBegin;
                EndTag(sign, trimsLine: !isOutput && !isRaw);
                if (isRaw)
                {
                    ReadRaw(tag);
                }

                return;
            }

            _tokens.Add(scanner.Next() ?? throw new ChatTemplateException($"A tag has no end: '{end}' is missing.", PositionOf(tag)));
        }
    }

    /// <summary>Passes the two characters of a tag's end, and the blanks that its sign or a trimmed line swallows.</summary>
    private void EndTag(char sign, bool trimsLine)
    {
        _at += 2;
        if (sign == '-')
        {
            _at += PythonText.StartAfterSpace(_source.AsSpan(_at));
        }
        else if (sign != '+' && trimsLine && _at < _source.Length && _source[_at] == '\n')
        {
            _at++;
        }

        _lineStarts = _source[_at - 1] == '\n';
    }

    private TemplatePosition PositionOf(int at)
    {
        if (at < _counted)
        {
            (_counted, _line, _lineStart) = (0, 1, 0);
        }

        for (int next; (next = _source.IndexOf('\n', _counted, at - _counted)) >= 0; _counted = next + 1)
        {
            _line++;
            _lineStart = next + 1;
        }

        _counted = Math.Max(_counted, at);
        return new TemplatePosition(_line, at - _lineStart + 1);
    }

    [GeneratedRegex(@"\{%[-+]?\s*endraw\s*[-+]?%\}", RegexOptions.CultureInvariant)]
    private static partial Regex RawEnd();
}
