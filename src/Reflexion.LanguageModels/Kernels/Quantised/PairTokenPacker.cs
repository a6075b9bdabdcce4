using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary>Rounds activations to 16-bit integers, with a scale for each group.</summary>
internal static unsafe class PairTokenPacker
{
    private const float Steps = 32_767;

    // Less than this counts as nothing: its inverse would not be a number.
    private const float Least = 1e-30f;

    // 1.5 · 2^23: added to a small number, leaves it rounded to the nearest integer in the lower bits.
    private const float Rounder = 12_582_912;

    /// <summary>Packs one token.</summary>
    /// <param name="x">The activations, or null for zeros.</param>
    /// <param name="inputs">How many; a multiple of the group.</param>
    /// <param name="group">16 or 32.</param>
    /// <param name="width">Tokens that are packed together.</param>
    /// <param name="token">Which of them this is.</param>
    /// <param name="to">Where they are packed.</param>
    /// <param name="needsSums">Whether sums are wanted too.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(float* x, int inputs, int group, int width, int token, PairTokens to, bool needsSums)
    {
        int* pairs = to.Pairs + token;
        for (int i = 0; i < inputs / group; i++)
        {
            int at = (i * width) + token;
            if (x == null)
            {
                Clear(pairs, group / 2, width);
                to.Scales[at] = 0;
                to.Sums[at] = 0;
            }
            else
            {
                float greatest = MathF.Max(Greatest(x, group), Least);
                to.Scales[at] = greatest / Steps;
                Write(x, group, Steps / greatest, pairs, width);
                to.Sums[at] = needsSums ? Sum(x, group) : 0;
                x += group;
            }

            pairs += group / 2 * width;
        }
    }

    private static void Clear(int* pairs, int count, int width)
    {
        for (int i = 0; i < count; i++)
        {
            pairs[i * width] = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Greatest(float* x, int group)
    {
        var greatest = Vector256.Max(Vector256.Abs(Vector256.Load(x)), Vector256.Abs(Vector256.Load(x + 8)));
        if (group == 32)
        {
            greatest = Vector256.Max(greatest, Vector256.Max(Vector256.Abs(Vector256.Load(x + 16)), Vector256.Abs(Vector256.Load(x + 24))));
        }

        Vector128<float> half = Vector128.Max(greatest.GetLower(), greatest.GetUpper());
        return MathF.Max(MathF.Max(half[0], half[1]), MathF.Max(half[2], half[3]));
    }

    // In an order of its own, so that every processor gets the same sum.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Sum(float* x, int group)
    {
        Vector256<float> sum = Vector256.Load(x) + Vector256.Load(x + 8);
        if (group == 32)
        {
            sum += Vector256.Load(x + 16) + Vector256.Load(x + 24);
        }

        Vector128<float> half = sum.GetLower() + sum.GetUpper();
        return (half[0] + half[1]) + (half[2] + half[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(float* x, int group, float inverse, int* pairs, int width)
    {
        for (int i = 0; i < group; i += 16)
        {
            Vector256<uint> eight = Vector256.Narrow(Pairs(x + i, inverse), Pairs(x + i + 8, inverse));
            if (width == 1)
            {
                eight.Store((uint*)pairs + (i / 2));
                continue;
            }

            var at = (uint*)pairs + (i / 2 * width);
            for (int j = 0; j < 8; j++)
            {
                at[j * width] = eight.GetElement(j);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Pairs(float* x, float inverse)
    {
        Vector256<ulong> bits = ((Vector256.Load(x) * inverse) + Vector256.Create(Rounder)).AsUInt64();
        return (bits & Vector256.Create(0xfffful)) | ((bits >> 16) & Vector256.Create(0xffff0000ul));
    }
}
