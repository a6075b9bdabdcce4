using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Reflexion.Retroformer;

/// <summary>How experiences are read off what is recorded.</summary>
public sealed record ExperienceOptions
{
    /// <summary>
    /// The messages that the retrospective model was sent, made again from what it knew; the function that served it. Its messages are of the system and the user
    /// role. Default: <see cref="RetrospectivePrompt.ToMessages(RetrospectiveContext)"/>.
    /// </summary>
    public Func<RetrospectiveContext, IList<ChatMessage>> Messages { get => field ?? RetrospectivePrompt.ToMessages; init; }

    /// <summary>The return G of a trial, in [0, 1], or null where it has none; such trials are left out. Default: <see cref="Trial.Return"/>.</summary>
    public Func<Trial, double?> Return { get => field ?? (static trial => trial.Return); init; }

    /// <summary>
    /// Lessons that an <see cref="Episode"/> recalled and does not hold itself, since other episodes wrote them; a journal holds them all. Default: none.
    /// </summary>
    public ImmutableArray<Lesson> Lessons { get; init => field = value.IsDefault ? [] : value; } = [];
}
