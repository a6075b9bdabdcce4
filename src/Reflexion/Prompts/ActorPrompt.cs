using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>What an actor sees at the start of a trial, as parts in a stable order.</summary>
/// <remarks>
/// Between trials of one task everything before <see cref="PromptPartKind.LastAttempt"/> stays the same to the byte, so
/// that a provider's prompt cache keeps hitting; what was learnt comes last, in a message of its own.
/// </remarks>
public sealed class ActorPrompt
{
    /// <summary>Creates a prompt.</summary>
    /// <param name="parts">The parts, in any order; parts of one kind keep theirs.</param>
    /// <exception cref="ArgumentException">An <see cref="PromptPartKind.Instructions"/> part is not trusted text.</exception>
    public ActorPrompt(IEnumerable<PromptPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ImmutableArray<PromptPart> given = [.. parts];
        Parts = IsOrdered(given) ? given : [.. given.OrderBy(part => part.Kind)];
        foreach (PromptPart part in Parts)
        {
            if (part.Kind == PromptPartKind.Instructions && part.Integrity != TextIntegrity.Trusted)
            {
                throw new ArgumentException(
                    "Instructions are sent in the system role and must be trusted text; put model or observed text into another part.", nameof(parts));
            }
        }
    }

    /// <summary>A prompt without parts.</summary>
    public static ActorPrompt Empty { get; } = new([]);

    /// <summary>The parts in the order in which they are sent.</summary>
    public ImmutableArray<PromptPart> Parts { get; }

    /// <summary>Adds parts, each at its place.</summary>
    /// <param name="parts">The parts to add.</param>
    /// <returns>A new prompt.</returns>
    public ActorPrompt With(params IEnumerable<PromptPart> parts) => new(Parts.Concat(parts));

    /// <summary>Renders the prompt: one system message, one user message with the stable parts, one with what was learnt.</summary>
    /// <returns>A new list with new messages, at most three; the caller may add to it.</returns>
    public IList<ChatMessage> ToMessages()
    {
        ReadOnlySpan<ChatMessage?> messages =
        [
            Message(ChatRole.System, PromptPartKind.Instructions, PromptPartKind.Instructions),
            Message(ChatRole.User, PromptPartKind.Examples, PromptPartKind.Task),
            ToLearntMessage(),
        ];
        var list = new List<ChatMessage>(8);
        foreach (ChatMessage? message in messages)
        {
            if (message is not null)
            {
                list.Add(message);
            }
        }

        return list;
    }

    /// <summary>The message with what was learnt alone, for an actor that has messages of its own; null where nothing was.</summary>
    internal ChatMessage? ToLearntMessage() => Message(ChatRole.User, PromptPartKind.LastAttempt, PromptPartKind.Refinement);

    /// <summary>The whole prompt as one text, for logs and reports.</summary>
    public override string ToString() => string.Join("\n\n", Parts.Select(part => part.Text));

    private ChatMessage? Message(ChatRole role, PromptPartKind first, PromptPartKind last)
    {
        string? text = null;
        foreach (PromptPart part in Parts)
        {
            if (part.Kind >= first && part.Kind <= last)
            {
                text = text is null ? part.Text : $"{text}\n\n{part.Text}";
            }
        }

        return text is null ? null : new ChatMessage(role, text);
    }

    private static bool IsOrdered(ImmutableArray<PromptPart> parts)
    {
        for (int i = 1; i < parts.Length; i++)
        {
            if (parts[i].Kind < parts[i - 1].Kind)
            {
                return false;
            }
        }

        return true;
    }
}
