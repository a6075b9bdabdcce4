using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>One token's products with a stretch of a panel of plain floats, which are widened in registers: no other token needs them.</summary>
/// <remarks>Sums are taken in the order of the tiles for many tokens, so that a token's result is the same in any company.</remarks>
internal static unsafe class OneFloatToken<TInt, TFloat, TLanes>
    where TInt : struct
    where TFloat : struct
    where TLanes : IPairLanes<TInt, TFloat>
{
    private const int Columns = 32;

    // Weights come from memory once, in order; asking early hides where pages end.
    private const int Ahead = 4_096;

    /// <summary>Adds to 32 totals.</summary>
    /// <param name="numbers">32 numbers for each input.</param>
    /// <param name="form">What they are.</param>
    /// <param name="x">The activations.</param>
    /// <param name="depth">How many inputs.</param>
    /// <param name="totals">32 numbers.</param>
    public static void Multiply(byte* numbers, NumberForm form, float* x, int depth, float* totals)
    {
        for (int row = 0; row < Columns; row += 2 * TLanes.Rows)
        {
            if (form == NumberForm.Halves)
            {
                MultiplyHalves((ushort*)numbers + row, x, depth, totals + row);
            }
            else if (form == NumberForm.UpperHalves)
            {
                MultiplyUpperHalves((ushort*)numbers + row, x, depth, totals + row);
            }
            else
            {
                MultiplyFloats((float*)numbers + row, x, depth, totals + row);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyHalves(ushort* numbers, float* x, int depth, float* totals)
    {
        TFloat left = default, right = default;
        for (int i = 0; i < depth; i++)
        {
            TLanes.Prefetch((byte*)numbers + Ahead);
            left = TLanes.AddProduct(TLanes.LoadHalves(numbers), x[i], left);
            right = TLanes.AddProduct(TLanes.LoadHalves(numbers + TLanes.Rows), x[i], right);
            numbers += Columns;
        }

        Add(left, right, totals);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyUpperHalves(ushort* numbers, float* x, int depth, float* totals)
    {
        TFloat left = default, right = default;
        for (int i = 0; i < depth; i++)
        {
            TLanes.Prefetch((byte*)numbers + Ahead);
            left = TLanes.AddProduct(TLanes.LoadUpperHalves(numbers), x[i], left);
            right = TLanes.AddProduct(TLanes.LoadUpperHalves(numbers + TLanes.Rows), x[i], right);
            numbers += Columns;
        }

        Add(left, right, totals);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyFloats(float* numbers, float* x, int depth, float* totals)
    {
        TFloat left = default, right = default;
        for (int i = 0; i < depth; i++)
        {
            TLanes.Prefetch((byte*)numbers + Ahead);
            TLanes.Prefetch((byte*)numbers + Ahead + 64);
            left = TLanes.AddProduct(TLanes.Load(numbers), x[i], left);
            right = TLanes.AddProduct(TLanes.Load(numbers + TLanes.Rows), x[i], right);
            numbers += Columns;
        }

        Add(left, right, totals);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TFloat left, TFloat right, float* totals)
    {
        TLanes.Store(TLanes.AddProduct(left, 1, TLanes.Load(totals)), totals);
        TLanes.Store(TLanes.AddProduct(right, 1, TLanes.Load(totals + TLanes.Rows)), totals + TLanes.Rows);
    }
}
