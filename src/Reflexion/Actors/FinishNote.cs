using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Says so where the model did not stop of its own accord.</summary>
internal static class FinishNote
{
    /// <summary>One sentence about a reply that was cut off or filtered; null about any other.</summary>
    internal static string? Of(ChatFinishReason? reason) =>
        reason == ChatFinishReason.Length ? "The model's last reply was cut off at its output limit; raise ChatOptions.MaxOutputTokens."
        : reason == ChatFinishReason.ContentFilter ? "The provider's content filter stopped the model's last reply."
        : null;

    /// <summary>Adds that sentence to the detail of an ending.</summary>
    internal static ActorFinished With(this ActorFinished finished, ChatFinishReason? reason) => Of(reason) is { } note
        ? finished with { Detail = finished.Detail is null ? note : $"{finished.Detail} {note}" }
        : finished;
}
