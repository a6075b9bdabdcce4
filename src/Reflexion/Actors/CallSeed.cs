using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>The seed of one call of an actor's model.</summary>
internal static class CallSeed
{
    /// <summary>Options like the given ones, with a seed that follows from the run's seed, the task, the trial and the step.</summary>
    internal static ChatOptions In(ChatOptions? options, ActorContext context, int step)
    {
        ChatOptions seeded = options?.Clone() ?? new();
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{context.Run.Seed} {context.Trial} {step} {context.Task.Id}")));
        seeded.Seed = BinaryPrimitives.ReadInt64LittleEndian(hash) & long.MaxValue;
        return seeded;
    }
}
