using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>A question of HotpotQA (Yang et al. 2018) with the paragraphs it comes with: two that answer it, and others that look as if they did.</summary>
public sealed record HotPotQAQuestion
{
    /// <summary>Creates a question.</summary>
    /// <param name="id">Identifies the question. Not blank.</param>
    /// <param name="question">The question. Not blank.</param>
    /// <exception cref="ArgumentException">An argument is null, empty or white space.</exception>
    public HotPotQAQuestion(string id, string question)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(question);
        Id = id;
        Question = question;
    }

    /// <summary>Identifies the question.</summary>
    public string Id { get; }

    /// <summary>The question.</summary>
    public string Question { get; }

    /// <summary>The right answer, or null (default) where the file does not tell, as in the official test set.</summary>
    public string? Answer { get; init; }

    /// <summary>How the paragraphs lead to the answer: <c>bridge</c> or <c>comparison</c>; empty (default) where the file does not tell.</summary>
    public string Type { get; init; } = "";

    /// <summary>How hard it is: <c>easy</c>, <c>medium</c> or <c>hard</c>; empty (default) where the file does not tell.</summary>
    public string Level { get; init; } = "";

    /// <summary>The paragraphs, in the file's order. Default none.</summary>
    public ImmutableArray<HotPotQAParagraph> Paragraphs { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The sentences that the answer follows from. Default none.</summary>
    public ImmutableArray<HotPotQASupport> Supports { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The paragraphs that hold a supporting sentence, in the file's order: what the papers call the ground-truth context.</summary>
    public IEnumerable<HotPotQAParagraph> SupportingParagraphs => Paragraphs.Where(paragraph => Supports.Any(support => support.Title == paragraph.Title));
}
