using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>Reads the statements of a template.</summary>
internal sealed class TemplateParser
{
    private readonly TemplateTokens _tokens;
    private readonly ExpressionParser _expressions;
    private int _loops;

    private TemplateParser(string source)
    {
        _tokens = new TemplateTokens(TemplateLexer.Read(source));
        _expressions = new ExpressionParser(_tokens);
    }

    /// <exception cref="ChatTemplateException">The source is no template.</exception>
    internal static Block Parse(string source)
    {
        var parser = new TemplateParser(source);
        Block block = parser.ReadBlock();
        return parser._tokens.Current.Kind == TemplateTokenKind.End
            ? block
            : throw parser._tokens.Error($"'{parser._tokens.Next.Text}' ends what was not begun.");
    }

    /// <summary>Reads up to the end, or to a tag that no statement begins with; its name is then next but one.</summary>
    private Block ReadBlock()
    {
        TemplatePosition position = _tokens.Current.Position;
        using TemplateTokens.Nesting nesting = _tokens.Nest();
        var statements = new List<TemplateStatement>();
        while (ReadStatement() is { } statement)
        {
            statements.Add(statement);
        }

        return new Block(position, statements);
    }

    private TemplateStatement? ReadStatement()
    {
        TemplateToken token = _tokens.Current;
        switch (token.Kind)
        {
            case TemplateTokenKind.Data:
                _tokens.Take();
                return new DataStatement(token.Position, token.Text);
            case TemplateTokenKind.OutputBegin:
                _tokens.Take();
                TemplateExpression value = _expressions.ReadTuple();
                _tokens.Expect(TemplateTokenKind.OutputEnd, "}}");
                return new OutputStatement(token.Position, value);
            case TemplateTokenKind.BlockBegin when !IsContinuation(_tokens.Next.Text):
                _tokens.Take();
                return ReadTag(_tokens.Take());
            default:
                return null;
        }
    }

    private static bool IsContinuation(string name) => name is "elif" or "else" || name.StartsWith("end", StringComparison.Ordinal);

    private TemplateStatement ReadTag(TemplateToken name) => name.Text switch
    {
        "if" => ReadIf(name.Position),
        "for" => ReadFor(name.Position),
        "set" => ReadSet(name.Position),
        "macro" => ReadMacro(name.Position),
        "call" => ReadCall(name.Position),
        "filter" => ReadFilter(name.Position),
        "with" => ReadWith(name.Position),
        "generation" => ReadGeneration(name.Position),
        "break" => ReadSignal(name, LoopSignal.Break),
        "continue" => ReadSignal(name, LoopSignal.Continue),
        "block" or "extends" or "include" or "import" or "from" or "do" or "trans" or "autoescape" =>
            throw new ChatTemplateException($"The tag '{name.Text}' has no place in a chat template.", name.Position),
        _ => throw new ChatTemplateException($"There is no tag '{name.Text}'.", name.Position),
    };

    private IfStatement ReadIf(TemplatePosition position)
    {
        var branches = new List<(TemplateExpression, Block)>();
        do
        {
            TemplateExpression condition = _expressions.ReadTuple();
            EndTag();
            branches.Add((condition, ReadBlock()));
        }
        while (TakeTag("elif"));

        Block? otherwise = ReadElse();
        EndBlock("if", position);
        return new IfStatement(position, branches, otherwise);
    }

    private ForStatement ReadFor(TemplatePosition position)
    {
        AssignmentTarget target = ReadTarget();
        _tokens.ExpectName("in");
        TemplateExpression items = _expressions.ReadTuple(allowsCondition: false);
        TemplateExpression? condition = _tokens.TakeName("if") ? _expressions.Read() : null;
        if (_tokens.Current.IsName("recursive"))
        {
            throw _tokens.Error("Recursive loops are not supported.");
        }

        EndTag();
        _loops++;
        Block body = ReadBlock();
        _loops--;
        Block? otherwise = ReadElse();
        EndBlock("for", position);
        return new ForStatement(position, target, items, condition, body, otherwise);
    }

    private TemplateStatement ReadSet(TemplatePosition position)
    {
        AssignmentTarget target = ReadTarget(allowsField: true);
        if (_tokens.TakeOperator("="))
        {
            TemplateExpression value = _expressions.ReadTuple();
            EndTag();
            return new SetStatement(position, target, value);
        }

        TemplateExpression? filtered = _tokens.Current.IsOperator("|") ? _expressions.ReadFilters(new HeldExpression(position)) : null;
        EndTag();
        Block body = ReadBlock();
        EndBlock("set", position);
        return new SetBlockStatement(position, target, body, filtered);
    }

    private MacroStatement ReadMacro(TemplatePosition position)
    {
        string name = _tokens.Expect(TemplateTokenKind.Name, "a name").Text;
        return ReadMacroBody(position, name, _expressions.ReadParameters(), "macro");
    }

    private MacroStatement ReadMacroBody(TemplatePosition position, string name, List<(string, TemplateExpression?)> parameters, string tag)
    {
        EndTag();
        (int loops, _loops) = (_loops, 0);
        Block body = ReadBlock();
        _loops = loops;
        EndBlock(tag, position);
        return new MacroStatement(position, name, parameters, body);
    }

    private CallBlockStatement ReadCall(TemplatePosition position)
    {
        List<(string, TemplateExpression?)> parameters = _tokens.Current.IsOperator("(") ? _expressions.ReadParameters() : [];
        CallExpression call = _expressions.Read() as CallExpression ?? throw new ChatTemplateException("'call' needs the call of a macro.", position);
        return new CallBlockStatement(position, call, ReadMacroBody(position, "caller", parameters, "call"));
    }

    private FilterBlockStatement ReadFilter(TemplatePosition position)
    {
        TemplateExpression filtered = _expressions.ReadFilter(new HeldExpression(position));
        filtered = _expressions.ReadFilters(filtered);
        EndTag();
        Block body = ReadBlock();
        EndBlock("filter", position);
        return new FilterBlockStatement(position, body, filtered);
    }

    private WithStatement ReadWith(TemplatePosition position)
    {
        var names = new List<(AssignmentTarget, TemplateExpression)>();
        while (_tokens.Current.Kind != TemplateTokenKind.BlockEnd)
        {
            if (names.Count > 0)
            {
                _tokens.ExpectOperator(",");
            }

            AssignmentTarget target = ReadTarget(allowsSeveral: false);
            _tokens.ExpectOperator("=");
            names.Add((target, _expressions.Read()));
        }

        EndTag();
        Block body = ReadBlock();
        EndBlock("with", position);
        return new WithStatement(position, names, body);
    }

    // Marks what a model is trained on, for libraries that ask; it writes nothing of its own.
    private WithStatement ReadGeneration(TemplatePosition position)
    {
        EndTag();
        Block body = ReadBlock();
        EndBlock("generation", position);
        return new WithStatement(position, [], body);
    }

    private SignalStatement ReadSignal(TemplateToken name, LoopSignal signal)
    {
        if (_loops == 0)
        {
            throw new ChatTemplateException($"'{name.Text}' stands outside a loop.", name.Position);
        }

        EndTag();
        return new SignalStatement(name.Position, signal);
    }

    private AssignmentTarget ReadTarget(bool allowsField = false, bool allowsSeveral = true)
    {
        TemplatePosition position = _tokens.Current.Position;
        AssignmentTarget first = ReadOneTarget(allowsField);
        if (!allowsSeveral || !_tokens.Current.IsOperator(","))
        {
            return first;
        }

        ImmutableArray<AssignmentTarget>.Builder parts = ImmutableArray.CreateBuilder<AssignmentTarget>();
        parts.Add(first);
        while (_tokens.TakeOperator(",") && (_tokens.Current.IsOperator("(") || _tokens.Current is { Kind: TemplateTokenKind.Name, Text: not "in" }))
        {
            parts.Add(ReadOneTarget(allowsField));
        }

        return new AssignmentTarget(position, "", null, parts.ToImmutable());
    }

    private AssignmentTarget ReadOneTarget(bool allowsField)
    {
        if (_tokens.TakeOperator("("))
        {
            using TemplateTokens.Nesting nesting = _tokens.Nest();
            AssignmentTarget inner = ReadTarget(allowsField);
            _tokens.ExpectOperator(")");
            return inner;
        }

        TemplateToken name = _tokens.Expect(TemplateTokenKind.Name, "a name");
        if (ExpressionParser.IsConstant(name.Text))
        {
            throw new ChatTemplateException($"'{name.Text}' cannot be given a value.", name.Position);
        }

        string? field = allowsField && _tokens.TakeOperator(".") ? _tokens.Expect(TemplateTokenKind.Name, "a field's name").Text : null;
        return new AssignmentTarget(name.Position, name.Text, field, []);
    }

    private Block? ReadElse()
    {
        if (!TakeTag("else"))
        {
            return null;
        }

        EndTag();
        return ReadBlock();
    }

    private bool TakeTag(string name)
    {
        if (_tokens.Current.Kind != TemplateTokenKind.BlockBegin || !_tokens.Next.IsName(name))
        {
            return false;
        }

        _tokens.Take();
        _tokens.Take();
        return true;
    }

    private void EndTag() => _tokens.Expect(TemplateTokenKind.BlockEnd, "%}");

    private void EndBlock(string name, TemplatePosition begun)
    {
        if (!TakeTag($"end{name}"))
        {
            throw _tokens.Error($"'{name}' of line {begun.Line} has no 'end{name}' before {_tokens.Describe()}.");
        }

        EndTag();
    }
}
