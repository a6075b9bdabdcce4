using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>An observation as the model sees it: numbered, after a note if there is one, fenced if it is not to be trusted.</summary>
internal sealed class ReActObservation(int step, string? note, string text, bool isFenced) : TranscriptObservation(text)
{
    /// <summary>The tag around untrusted observations.</summary>
    internal const string Tag = "observation";

    /// <inheritdoc/>
    internal override ChatMessage ToMessage(string shown)
    {
        string label = note is null ? $"Observation {step}:" : $"Observation {step}: {note}";
        return new(ChatRole.User, isFenced
            ? Fence.Wrap(Tag, shown, before: $"{label}\n")
            : $"{label}{(note is null ? ' ' : '\n')}{shown}");
    }
}
