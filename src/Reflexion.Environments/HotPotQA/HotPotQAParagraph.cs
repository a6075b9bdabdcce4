using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>The first paragraph of a Wikipedia page, as HotpotQA has it.</summary>
/// <param name="Title">The page's title, without the HTML entities of the file.</param>
/// <param name="Sentences">The sentences as the file has them, white space between them included.</param>
public sealed record HotPotQAParagraph(string Title, ImmutableArray<string> Sentences)
{
    /// <summary>The paragraph as running text.</summary>
    public string Text => new DocumentPage(Title, Sentences).Head(int.MaxValue);
}
