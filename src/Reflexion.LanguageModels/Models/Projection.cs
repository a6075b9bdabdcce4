namespace Reflexion.LanguageModels;

/// <summary>The matrices of a layer that an adapter can change.</summary>
internal enum Projection
{
    Query,
    Key,
    Value,
    Output,
    Gate,
    Up,
    Down,
}
