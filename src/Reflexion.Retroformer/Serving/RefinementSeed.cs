using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Reflexion.Retroformer;

/// <summary>What seeds a refinement: the run's seed, the task and the number of trials so far, so that a run can be repeated and taken up.</summary>
internal static class RefinementSeed
{
    public static long Of(RetrospectiveContext context)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{context.Run.Seed} {context.Trials.Length} {context.Task.Id}")));
        return BinaryPrimitives.ReadInt64LittleEndian(hash) & long.MaxValue;
    }
}
