using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Copies panels of a matrix into the order in which a tile reads them.</summary>
internal static unsafe class Packing
{
    /// <summary>Writes <paramref name="width"/> numbers for each k: element (i, k) of the panel goes to [k·width + i]; missing ones are zero.</summary>
    /// <param name="source">Element (0, 0).</param>
    /// <param name="across">Numbers from i to i + 1.</param>
    /// <param name="along">Numbers from k to k + 1.</param>
    /// <param name="count">How many i there are, at most <paramref name="width"/>.</param>
    /// <param name="depth">How many k there are.</param>
    /// <param name="width">Numbers a step of k.</param>
    /// <param name="destination">Room for width · depth numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack<T>(T* source, nint across, nint along, int count, int depth, int width, T* destination)
        where T : unmanaged
    {
        if (count < width)
        {
            new Span<T>(destination, width * depth).Clear();
        }

        if (across == 1)
        {
            for (int k = 0; k < depth; k++)
            {
                new ReadOnlySpan<T>(source + (k * along), count).CopyTo(new Span<T>(destination + ((nint)k * width), count));
            }

            return;
        }

        for (int i = 0; i < count; i++)
        {
            T* from = source + (i * across);
            T* to = destination + i;
            for (int k = 0; k < depth; k++)
            {
                *to = *from;
                from += along;
                to += width;
            }
        }
    }
}
