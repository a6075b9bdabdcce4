using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Copies panels of a matrix into the order in which a tile reads them.</summary>
/// <remarks>A panel that is not full is filled up with numbers of no meaning: what a tile makes of them is not copied to C.</remarks>
internal static unsafe class Packing<TVector, T, TSimd>
    where TVector : struct
    where T : unmanaged
    where TSimd : ISimd<TVector, T>
{
    private const int MostRows = 64;

    /// <summary>Writes element (i, k) of a panel to [k·width + i].</summary>
    /// <param name="source">Element (0, 0).</param>
    /// <param name="isAlong">Whether the numbers of one i lie side by side; else those of one k do.</param>
    /// <param name="stride">Numbers to the next i, or to the next k.</param>
    /// <param name="count">How many i there are, 1 .. <paramref name="width"/>.</param>
    /// <param name="depth">How many k there are.</param>
    /// <param name="width">Numbers a step of k.</param>
    /// <param name="destination">Room for width · depth numbers and one vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(T* source, bool isAlong, nint stride, int count, int depth, int width, T* destination)
    {
        if (isAlong)
        {
            PackAlong(source, stride, count, depth, width, destination);
        }
        else
        {
            PackAcross(source, stride, count, depth, width, destination);
        }
    }

    /// <summary>Packs several full panels that lie side by side, each <paramref name="panelSize"/> numbers after the one before: lines that two share are read once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackAcross(T* source, nint stride, int panels, nint panelSize, int depth, int width, T* destination)
    {
        for (int k = 0; k < depth - 1; k++)
        {
            for (int panel = 0; panel < panels; panel++)
            {
                for (int i = 0; i < width; i += TSimd.Width)
                {
                    TSimd.Store(TSimd.Load(source + (panel * width) + i), destination + (panel * panelSize) + i);
                }
            }

            source += stride;
            destination += width;
        }

        for (int panel = 0; panel < panels; panel++)
        {
            PackAcross(source + (panel * width), stride, width, 1, width, destination + (panel * panelSize));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackAcross(T* source, nint stride, int count, int depth, int width, T* destination)
    {
        int k = 0;
        if (count == width && width == 2 * TSimd.Width)
        {
            for (; k < depth; k++)
            {
                TSimd.Store(TSimd.Load(source), destination);
                TSimd.Store(TSimd.Load(source + TSimd.Width), destination + TSimd.Width);
                source += stride;
                destination += width;
            }
        }
        else if (count == width && width <= TSimd.Width)
        {
            // The last row is left out: there may be nothing to read behind it.
            for (; k < depth - 1; k++)
            {
                TSimd.Store(TSimd.Load(source), destination);
                source += stride;
                destination += width;
            }
        }

        for (; k < depth; k++)
        {
            for (int i = 0; i < count; i++)
            {
                destination[i] = source[i];
            }

            source += stride;
            destination += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackAlong(T* source, nint stride, int count, int depth, int width, T* destination)
    {
        T** rows = stackalloc T*[MostRows];
        int used = (width + TSimd.Width - 1) / TSimd.Width * TSimd.Width;
        for (int i = 0; i < used; i++)
        {
            rows[i] = source + (Math.Min(i, count - 1) * stride);
        }

        int k = 0;
        for (; k <= depth - TSimd.Width; k += TSimd.Width)
        {
            // Backwards: what the last vector writes beyond the width belongs to the next step's first.
            for (int i = used - TSimd.Width; i >= 0; i -= TSimd.Width)
            {
                TSimd.Transpose(rows + i, k, destination + ((nint)k * width) + i, width);
            }
        }

        for (; k < depth; k++)
        {
            for (int i = 0; i < width; i++)
            {
                destination[((nint)k * width) + i] = rows[i][k];
            }
        }
    }
}
