using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>An observation in a <see cref="Transcript"/>: the one kind of entry that may be shortened.</summary>
/// <param name="text">The whole text, without label or fence.</param>
internal abstract class TranscriptObservation(string text)
{
    /// <summary>The whole text, however much of it is shown.</summary>
    internal string Text { get; } = text;

    /// <summary>How many characters are shown at most.</summary>
    internal int Shown { get; set; } = text.Length;

    /// <summary>The tokens of the message as it stands.</summary>
    internal int Tokens { get; set; }

    /// <summary>The message's place in the transcript.</summary>
    internal int Index { get; set; }

    /// <summary>Builds the message around a text; called again with a shorter one when room is needed.</summary>
    /// <param name="shown">The text, or an excerpt of it.</param>
    /// <returns>A new message each time: one that was sent is never changed.</returns>
    internal abstract ChatMessage ToMessage(string shown);
}
