using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>A page of an encyclopedia, sentence by sentence.</summary>
public sealed class DocumentPage
{
    /// <summary>Creates a page.</summary>
    /// <param name="title">Its title. Not blank.</param>
    /// <param name="sentences">Its sentences in order; white space around them is cut off, and blank ones are left out.</param>
    /// <exception cref="ArgumentException">The title is null or blank.</exception>
    public DocumentPage(string title, IEnumerable<string> sentences)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(sentences);
        Title = title;
        Sentences = [.. sentences.Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > 0)];
    }

    /// <summary>The title.</summary>
    public string Title { get; }

    /// <summary>The sentences, without white space around them. None is empty.</summary>
    public ImmutableArray<string> Sentences { get; }

    /// <summary>The first sentences as running text.</summary>
    internal string Head(int sentences) => string.Join(' ', Sentences.Take(sentences));
}
