namespace Reflexion.LanguageModels;

/// <summary>The tokens of a template, read one after the other.</summary>
internal sealed class TemplateTokens(List<TemplateToken> tokens)
{
    // Deeper templates are not written by people, and reading them would use up the stack.
    private const int MostNesting = 100;

    private int _at;
    private int _depth;

    internal TemplateToken Current => tokens[_at];

    internal TemplateToken Next => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    internal TemplateToken Take()
    {
        TemplateToken token = Current;
        _at = Math.Min(_at + 1, tokens.Count - 1);
        return token;
    }

    internal bool TakeOperator(string sign) => TakeIf(Current.IsOperator(sign));

    internal bool TakeName(string name) => TakeIf(Current.IsName(name));

    internal TemplateToken Expect(TemplateTokenKind kind, string what) => Current.Kind == kind ? Take() : throw Missing(what);

    internal void ExpectOperator(string sign)
    {
        if (!TakeOperator(sign))
        {
            throw Missing($"'{sign}'");
        }
    }

    internal void ExpectName(string name)
    {
        if (!TakeName(name))
        {
            throw Missing($"'{name}'");
        }
    }

    internal ChatTemplateException Error(string message) => new(message, Current.Position);

    internal ChatTemplateException Missing(string what) => Error($"{what} is missing before {Describe()}.");

    /// <summary>The current token in words.</summary>
    internal string Describe() => Current.Kind switch
    {
        TemplateTokenKind.End => "the end of the template",
        TemplateTokenKind.Data => "text",
        TemplateTokenKind.BlockBegin => $"the tag '{Next.Text}'",
        _ => $"'{Current.Text}'",
    };

    /// <summary>Goes a level deeper until disposed of.</summary>
    /// <exception cref="ChatTemplateException">It is too deep.</exception>
    internal Nesting Nest() => ++_depth <= MostNesting
        ? new Nesting(this)
        : throw Error($"The chat template nests deeper than {MostNesting} levels.");

    private bool TakeIf(bool matches)
    {
        if (matches)
        {
            Take();
        }

        return matches;
    }

    internal readonly ref struct Nesting(TemplateTokens tokens)
    {
        public void Dispose() => tokens._depth--;
    }
}
