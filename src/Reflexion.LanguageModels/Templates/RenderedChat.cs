using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>What a chat template made of messages, with who wrote what.</summary>
public sealed record RenderedChat
{
    /// <summary>Puts segments together.</summary>
    /// <param name="segments">In order.</param>
    public RenderedChat(ImmutableArray<ChatSegment> segments)
    {
        Segments = segments.IsDefault ? [] : segments;
        Text = string.Concat(Segments.Select(segment => segment.Text));
    }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>The text in parts, in order; neighbours differ in trust.</summary>
    public ImmutableArray<ChatSegment> Segments { get; }

    /// <summary>The whole text.</summary>
    public override string ToString() => Text;
}
