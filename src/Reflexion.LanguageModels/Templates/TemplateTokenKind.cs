namespace Reflexion.LanguageModels;

/// <summary>The kinds of pieces that a template's source falls into.</summary>
internal enum TemplateTokenKind
{
    /// <summary>Text to be written as it stands.</summary>
    Data,

    /// <summary><c>{{</c>.</summary>
    OutputBegin,

    /// <summary><c>}}</c>.</summary>
    OutputEnd,

    /// <summary><c>{%</c>.</summary>
    BlockBegin,

    /// <summary><c>%}</c>.</summary>
    BlockEnd,

    /// <summary>A name or a word of the language.</summary>
    Name,

    /// <summary>A text in quotes, with its escapes resolved.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a point or an exponent.</summary>
    Float,

    /// <summary>A sign.</summary>
    Operator,

    /// <summary>After the last piece.</summary>
    End,
}
