namespace Reflexion.LanguageModels;

/// <summary>A list or a tuple; never changed.</summary>
/// <param name="items">The items, handed over.</param>
/// <param name="isTuple">Whether it is a tuple.</param>
internal sealed class TemplateList(IReadOnlyList<object> items, bool isTuple = false)
{
    internal IReadOnlyList<object> Items { get; } = items;

    internal bool IsTuple { get; } = isTuple;
}
