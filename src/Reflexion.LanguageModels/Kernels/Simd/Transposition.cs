using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Reflexion.LanguageModels;

/// <summary>Square blocks of singles exchanged row for column in registers.</summary>
/// <remarks>
/// Result rows are stored in order, so a destination stride shorter than a vector is allowed: each row overwrites what the one before left beyond its part.
/// </remarks>
internal static unsafe class Transposition
{
    /// <summary>destination[k·step + i] = rows[i][offset + k] for 16 rows and 16 k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block16(float** rows, nint offset, float* destination, nint step)
    {
        // First quarters of rows i, i + 4, i + 8 and i + 12 change places, then each quarter is a block of four columns.
        Quarters(rows, offset, out Vector512<float> a0, out Vector512<float> b0, out Vector512<float> c0, out Vector512<float> d0);
        Quarters(rows + 1, offset, out Vector512<float> a1, out Vector512<float> b1, out Vector512<float> c1, out Vector512<float> d1);
        Quarters(rows + 2, offset, out Vector512<float> a2, out Vector512<float> b2, out Vector512<float> c2, out Vector512<float> d2);
        Quarters(rows + 3, offset, out Vector512<float> a3, out Vector512<float> b3, out Vector512<float> c3, out Vector512<float> d3);
        FourColumns(a0, a1, a2, a3, destination, step);
        FourColumns(b0, b1, b2, b3, destination + (4 * step), step);
        FourColumns(c0, c1, c2, c3, destination + (8 * step), step);
        FourColumns(d0, d1, d2, d3, destination + (12 * step), step);
    }

    /// <summary>destination[k·step + i] = rows[i][offset + k] for 8 rows and 8 k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block8(float** rows, nint offset, float* destination, nint step)
    {
        for (int half = 0; half < 2; half++)
        {
            nint column = offset + (4 * half);
            Vector256<float> r0 = Halves(rows, column);
            Vector256<float> r1 = Halves(rows + 1, column);
            Vector256<float> r2 = Halves(rows + 2, column);
            Vector256<float> r3 = Halves(rows + 3, column);
            Vector256<float> low01 = Avx.UnpackLow(r0, r1);
            Vector256<float> high01 = Avx.UnpackHigh(r0, r1);
            Vector256<float> low23 = Avx.UnpackLow(r2, r3);
            Vector256<float> high23 = Avx.UnpackHigh(r2, r3);
            Avx.Shuffle(low01, low23, 0x44).Store(destination);
            Avx.Shuffle(low01, low23, 0xEE).Store(destination + step);
            Avx.Shuffle(high01, high23, 0x44).Store(destination + (2 * step));
            Avx.Shuffle(high01, high23, 0xEE).Store(destination + (3 * step));
            destination += 4 * step;
        }
    }

    /// <summary>destination[k·step + i] = rows[i][offset + k] for as many rows as k.</summary>
    public static void Block<T>(T** rows, nint offset, int size, T* destination, nint step)
        where T : unmanaged
    {
        for (int k = 0; k < size; k++)
        {
            for (int i = 0; i < size; i++)
            {
                destination[(k * step) + i] = rows[i][offset + k];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(
        float** rows, nint offset, out Vector512<float> first, out Vector512<float> second, out Vector512<float> third, out Vector512<float> fourth)
    {
        Vector512<float> r0 = Vector512.Load(rows[0] + offset);
        Vector512<float> r4 = Vector512.Load(rows[4] + offset);
        Vector512<float> r8 = Vector512.Load(rows[8] + offset);
        Vector512<float> r12 = Vector512.Load(rows[12] + offset);
        Vector512<float> low04 = Avx512F.Shuffle4x128(r0, r4, 0x44);
        Vector512<float> high04 = Avx512F.Shuffle4x128(r0, r4, 0xEE);
        Vector512<float> low812 = Avx512F.Shuffle4x128(r8, r12, 0x44);
        Vector512<float> high812 = Avx512F.Shuffle4x128(r8, r12, 0xEE);
        first = Avx512F.Shuffle4x128(low04, low812, 0x88);
        second = Avx512F.Shuffle4x128(low04, low812, 0xDD);
        third = Avx512F.Shuffle4x128(high04, high812, 0x88);
        fourth = Avx512F.Shuffle4x128(high04, high812, 0xDD);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourColumns(Vector512<float> r0, Vector512<float> r1, Vector512<float> r2, Vector512<float> r3, float* destination, nint step)
    {
        Vector512<float> low01 = Avx512F.UnpackLow(r0, r1);
        Vector512<float> high01 = Avx512F.UnpackHigh(r0, r1);
        Vector512<float> low23 = Avx512F.UnpackLow(r2, r3);
        Vector512<float> high23 = Avx512F.UnpackHigh(r2, r3);
        Avx512F.Shuffle(low01, low23, 0x44).Store(destination);
        Avx512F.Shuffle(low01, low23, 0xEE).Store(destination + step);
        Avx512F.Shuffle(high01, high23, 0x44).Store(destination + (2 * step));
        Avx512F.Shuffle(high01, high23, 0xEE).Store(destination + (3 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float** rows, nint column) =>
        Vector256.Create(Vector128.Load(rows[0] + column), Vector128.Load(rows[4] + column));
}
