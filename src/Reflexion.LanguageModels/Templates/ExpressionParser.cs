using System.Globalization;
using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>Reads the expressions of a template.</summary>
internal sealed class ExpressionParser(TemplateTokens tokens)
{
    internal static bool IsConstant(string name) => name is "true" or "True" or "false" or "False" or "none" or "None";

    internal TemplateExpression Read(bool allowsCondition = true)
    {
        using TemplateTokens.Nesting nesting = tokens.Nest();
        TemplateExpression value = ReadOr();
        while (allowsCondition && tokens.Current.IsName("if"))
        {
            TemplatePosition position = tokens.Take().Position;
            TemplateExpression condition = ReadOr();
            value = new ConditionalExpression(position, value, condition, tokens.TakeName("else") ? Read() : null);
        }

        return value;
    }

    /// <summary>Reads an expression, or several with commas between as a tuple.</summary>
    internal TemplateExpression ReadTuple(bool allowsCondition = true)
    {
        TemplatePosition position = tokens.Current.Position;
        TemplateExpression first = Read(allowsCondition);
        if (!tokens.Current.IsOperator(","))
        {
            return first;
        }

        List<TemplateExpression> items = [first];
        while (tokens.TakeOperator(",") && !EndsList())
        {
            items.Add(Read(allowsCondition));
        }

        return new ListExpression(position, items, isTuple: true);
    }

    /// <summary>Reads <c>| filter</c> and <c>is test</c>, as many as there are.</summary>
    internal TemplateExpression ReadFilters(TemplateExpression value)
    {
        while (true)
        {
            if (tokens.TakeOperator("|"))
            {
                value = ReadFilter(value);
            }
            else if (tokens.Current.IsName("is"))
            {
                value = ReadTest(value);
            }
            else if (tokens.Current.IsOperator("("))
            {
                value = new CallExpression(tokens.Current.Position, value, ReadArguments());
            }
            else
            {
                return value;
            }
        }
    }

    internal FilterExpression ReadFilter(TemplateExpression value)
    {
        TemplateToken name = tokens.Expect(TemplateTokenKind.Name, "a filter's name");
        Func<TemplateRun, object, TemplateArguments, object> filter =
            TemplateFilters.Find(name.Text) ?? throw new ChatTemplateException($"There is no filter '{name.Text}'.", name.Position);
        return new FilterExpression(name.Position, value, filter, tokens.Current.IsOperator("(") ? ReadArguments() : ArgumentsExpression.None);
    }

    /// <summary>Reads a macro's parameters in parentheses.</summary>
    internal List<(string Name, TemplateExpression? Default)> ReadParameters()
    {
        var parameters = new List<(string, TemplateExpression?)>();
        tokens.ExpectOperator("(");
        while (!tokens.TakeOperator(")"))
        {
            if (parameters.Count > 0)
            {
                tokens.ExpectOperator(",");
            }

            string name = tokens.Expect(TemplateTokenKind.Name, "a parameter's name").Text;
            parameters.Add((name, tokens.TakeOperator("=") ? Read() : null));
        }

        return parameters;
    }

    private bool EndsList() =>
        tokens.Current.Kind is TemplateTokenKind.OutputEnd or TemplateTokenKind.BlockEnd || tokens.Current.IsOperator(")") || tokens.Current.IsOperator("]");

    private TemplateExpression ReadOr()
    {
        TemplateExpression left = ReadAnd();
        while (tokens.Current.IsName("or"))
        {
            left = new LogicExpression(tokens.Take().Position, isAnd: false, left, ReadAnd());
        }

        return left;
    }

    private TemplateExpression ReadAnd()
    {
        TemplateExpression left = ReadNot();
        while (tokens.Current.IsName("and"))
        {
            left = new LogicExpression(tokens.Take().Position, isAnd: true, left, ReadNot());
        }

        return left;
    }

    private TemplateExpression ReadNot()
    {
        if (!tokens.Current.IsName("not"))
        {
            return ReadComparison();
        }

        using TemplateTokens.Nesting nesting = tokens.Nest();
        return new UnaryExpression(tokens.Take().Position, "not", ReadNot());
    }

    private TemplateExpression ReadComparison()
    {
        TemplatePosition position = tokens.Current.Position;
        TemplateExpression first = ReadSum();
        var rest = new List<(string, TemplateExpression)>();
        while (TakeComparison() is { } sign)
        {
            rest.Add((sign, ReadSum()));
        }

        return rest.Count == 0 ? first : new ComparisonExpression(position, first, rest);
    }

    private string? TakeComparison()
    {
        TemplateToken token = tokens.Current;
        if (token.Kind == TemplateTokenKind.Operator && token.Text is "==" or "!=" or "<" or "<=" or ">" or ">=")
        {
            return tokens.Take().Text;
        }

        if (tokens.TakeName("in"))
        {
            return "in";
        }

        if (token.IsName("not") && tokens.Next.IsName("in"))
        {
            tokens.Take();
            tokens.Take();
            return "not in";
        }

        return null;
    }

    private TemplateExpression ReadSum() => ReadLeft(() => ReadLeft(() => ReadLeft(() => ReadLeft(ReadUnary, "**"), "*", "/", "//", "%"), "~"), "+", "-");

    private TemplateExpression ReadLeft(Func<TemplateExpression> readOperand, params string[] signs)
    {
        TemplateExpression left = readOperand();
        while (tokens.Current.Kind == TemplateTokenKind.Operator && signs.Contains(tokens.Current.Text))
        {
            TemplateToken sign = tokens.Take();
            left = new BinaryExpression(sign.Position, sign.Text, left, readOperand());
        }

        return left;
    }

    private TemplateExpression ReadUnary() => ReadFilters(ReadSigned());

    private TemplateExpression ReadSigned()
    {
        if (!tokens.Current.IsOperator("-") && !tokens.Current.IsOperator("+"))
        {
            return ReadPostfix(ReadPrimary());
        }

        using TemplateTokens.Nesting nesting = tokens.Nest();
        TemplateToken sign = tokens.Take();
        return new UnaryExpression(sign.Position, sign.Text, ReadSigned());
    }

    private TemplateExpression ReadPrimary()
    {
        TemplateToken token = tokens.Take();
        return token.Kind switch
        {
            TemplateTokenKind.Name => ReadName(token),
            TemplateTokenKind.Text => new LiteralExpression(token.Position, ReadText(token)),
            TemplateTokenKind.Integer => new LiteralExpression(token.Position, Integer(token)),
            TemplateTokenKind.Float => new LiteralExpression(token.Position, double.Parse(token.Text, CultureInfo.InvariantCulture)),
            TemplateTokenKind.Operator when token.Text == "(" => ReadParentheses(token.Position),
            TemplateTokenKind.Operator when token.Text == "[" => new ListExpression(token.Position, ReadItems("]"), isTuple: false),
            TemplateTokenKind.Operator when token.Text == "{" => ReadMap(token.Position),
            _ => throw new ChatTemplateException($"A value is missing before '{token.Text}'.", token.Position),
        };
    }

    private static TemplateExpression ReadName(TemplateToken token) => token.Text switch
    {
        "true" or "True" => new LiteralExpression(token.Position, true),
        "false" or "False" => new LiteralExpression(token.Position, false),
        "none" or "None" => new LiteralExpression(token.Position, TemplateNone.Instance),
        string name => new NameExpression(token.Position, name),
    };

    // Texts side by side are one.
    private TemplateText ReadText(TemplateToken first)
    {
        var text = new StringBuilder(first.Text);
        while (tokens.Current.Kind == TemplateTokenKind.Text)
        {
            text.Append(tokens.Take().Text);
        }

        return TemplateText.Trusted(text.ToString());
    }

    private static long Integer(TemplateToken token) => long.TryParse(token.Text, CultureInfo.InvariantCulture, out long number)
        ? number
        : throw new ChatTemplateException($"The number {token.Text} is beyond 64 bits.", token.Position);

    private TemplateExpression ReadParentheses(TemplatePosition position)
    {
        if (tokens.TakeOperator(")"))
        {
            return new ListExpression(position, [], isTuple: true);
        }

        TemplateExpression inner = ReadTuple();
        tokens.ExpectOperator(")");
        return inner;
    }

    private List<TemplateExpression> ReadItems(string end)
    {
        var items = new List<TemplateExpression>();
        while (!tokens.TakeOperator(end))
        {
            if (items.Count > 0)
            {
                tokens.ExpectOperator(",");
                if (tokens.TakeOperator(end))
                {
                    break;
                }
            }

            items.Add(Read());
        }

        return items;
    }

    private MapExpression ReadMap(TemplatePosition position)
    {
        var items = new List<(TemplateExpression, TemplateExpression)>();
        while (!tokens.TakeOperator("}"))
        {
            if (items.Count > 0)
            {
                tokens.ExpectOperator(",");
                if (tokens.TakeOperator("}"))
                {
                    break;
                }
            }

            TemplateExpression key = Read();
            tokens.ExpectOperator(":");
            items.Add((key, Read()));
        }

        return new MapExpression(position, items);
    }

    private TemplateExpression ReadPostfix(TemplateExpression value)
    {
        while (tokens.Current.Kind == TemplateTokenKind.Operator && tokens.Current.Text is "." or "[" or "(")
        {
            TemplateToken sign = tokens.Current;
            value = sign.Text switch
            {
                "(" => new CallExpression(sign.Position, value, ReadArguments()),
                "[" => ReadSubscript(value),
                _ => ReadMember(value),
            };
        }

        return value;
    }

    private TemplateExpression ReadMember(TemplateExpression holder)
    {
        tokens.ExpectOperator(".");
        TemplateToken name = tokens.Take();
        return name.Kind switch
        {
            TemplateTokenKind.Name => new MemberExpression(name.Position, holder, name.Text),
            TemplateTokenKind.Integer => new ItemExpression(name.Position, holder, new LiteralExpression(name.Position, Integer(name))),
            _ => throw new ChatTemplateException("A member's name is missing after the point.", name.Position),
        };
    }

    private TemplateExpression ReadSubscript(TemplateExpression holder)
    {
        TemplatePosition position = tokens.Take().Position;
        TemplateExpression? start = tokens.Current.IsOperator(":") ? null : ReadTuple();
        if (tokens.TakeOperator("]"))
        {
            return new ItemExpression(position, holder, start ?? throw tokens.Error("The key is missing."));
        }

        tokens.ExpectOperator(":");
        TemplateExpression? stop = tokens.Current.IsOperator(":") || tokens.Current.IsOperator("]") ? null : Read();
        TemplateExpression? step = tokens.TakeOperator(":") && !tokens.Current.IsOperator("]") ? Read() : null;
        tokens.ExpectOperator("]");
        return new SliceExpression(position, holder, start, stop, step);
    }

    private ArgumentsExpression ReadArguments()
    {
        tokens.ExpectOperator("(");
        var positional = new List<TemplateExpression>();
        var named = new List<(string, TemplateExpression)>();
        while (!tokens.TakeOperator(")"))
        {
            if (positional.Count + named.Count > 0)
            {
                tokens.ExpectOperator(",");
                if (tokens.TakeOperator(")"))
                {
                    break;
                }
            }

            if (tokens.Current.Kind == TemplateTokenKind.Name && tokens.Next.IsOperator("="))
            {
                string name = tokens.Take().Text;
                tokens.Take();
                named.Add((name, Read()));
            }
            else if (named.Count > 0)
            {
                throw tokens.Error("Arguments without a name come before those with one.");
            }
            else
            {
                positional.Add(Read());
            }
        }

        return new ArgumentsExpression(positional, named);
    }

    private TemplateExpression ReadTest(TemplateExpression value)
    {
        TemplatePosition position = tokens.Take().Position;
        bool isNegated = tokens.TakeName("not");
        TemplateToken name = tokens.Expect(TemplateTokenKind.Name, "a test's name");
        Func<TemplateRun, object, TemplateArguments, bool> test =
            TemplateTests.Find(name.Text) ?? throw new ChatTemplateException($"There is no test '{name.Text}'.", name.Position);
        TemplateExpression result = new TestExpression(name.Position, value, test, ReadTestArguments());
        return isNegated ? new UnaryExpression(position, "not", result) : result;
    }

    // A test's one argument can stand without parentheses.
    private ArgumentsExpression ReadTestArguments()
    {
        TemplateToken token = tokens.Current;
        if (token.IsOperator("("))
        {
            return ReadArguments();
        }

        bool begins = token.Kind is TemplateTokenKind.Text or TemplateTokenKind.Integer or TemplateTokenKind.Float
            || token.IsOperator("[") || token.IsOperator("{")
            || (token.Kind == TemplateTokenKind.Name && token.Text is not ("else" or "or" or "and" or "if" or "is" or "in" or "not" or "recursive"));
        return begins ? new ArgumentsExpression([ReadPostfix(ReadPrimary())], []) : ArgumentsExpression.None;
    }
}
