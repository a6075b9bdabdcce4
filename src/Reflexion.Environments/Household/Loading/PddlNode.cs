namespace Reflexion.Environments;

/// <summary>A word, or a list of nodes in parentheses.</summary>
/// <param name="Word">The word in lower case, or null for a list.</param>
/// <param name="Items">What is in the list; empty for a word.</param>
internal readonly record struct PddlNode(string? Word, IReadOnlyList<PddlNode> Items)
{
    /// <summary>The word a list starts with, or an empty text.</summary>
    internal string Head => Items.Count > 0 ? Items[0].Word ?? "" : "";

    /// <summary>Finds the first list that starts with a word, at any depth: where parentheses are missing or too many, sections move.</summary>
    internal PddlNode? Find(string head)
    {
        if (Head == head)
        {
            return this;
        }

        foreach (PddlNode item in Items)
        {
            if (item.Find(head) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>All lists within this one that hold words only: the facts of a section, or the literals of a formula.</summary>
    internal IEnumerable<string[]> Facts() => Items.Count > 0 && Items.All(item => item.Word is not null)
        ? [[.. Items.Select(item => item.Word!)]]
        : Items.SelectMany(item => item.Facts());
}
