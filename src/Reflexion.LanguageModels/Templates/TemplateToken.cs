namespace Reflexion.LanguageModels;

/// <summary>A piece of a template's source.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The name, the operator, the text, or the digits.</param>
/// <param name="Position">Where it begins.</param>
internal readonly record struct TemplateToken(TemplateTokenKind Kind, string Text, TemplatePosition Position)
{
    internal bool Is(TemplateTokenKind kind, string text) => Kind == kind && Text == text;

    internal bool IsName(string text) => Is(TemplateTokenKind.Name, text);

    internal bool IsOperator(string text) => Is(TemplateTokenKind.Operator, text);
}
