using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>The options of one call of an actor's model.</summary>
internal static class CallOptions
{
    /// <summary>An actor's options, with a seed of the call's own where it is to have one.</summary>
    /// <param name="context">The trial.</param>
    /// <param name="options">The actor's options; null for none.</param>
    /// <param name="seedsCalls">Whether calls are seeded.</param>
    /// <param name="step">Which call of the trial it is, from 1.</param>
    internal static ChatOptions? Of(ActorContext context, ChatOptions? options, bool seedsCalls, int step)
    {
        if (!seedsCalls)
        {
            return options;
        }

        ChatOptions seeded = options?.Clone() ?? new();
        seeded.Seed = context.Run.SeedFor(context.Task, context.Trial, step);
        return seeded;
    }
}
