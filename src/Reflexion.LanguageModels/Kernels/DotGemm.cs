using System.Numerics;
using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Products of few rows with a matrix whose columns lie side by side (x·Wᵀ): sums along k, nothing packed, the matrix streamed once.</summary>
internal static unsafe class DotGemm<TVector, T, TSimd>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TSimd : ISimd<TVector, T>
{
    /// <summary>Most rows for which this beats packing.</summary>
    public const int MostRows = 8;

    private const int ColumnsAtOnce = 8;
    private const int ColumnsAPart = 32;
    private const long SmallWork = 15_000;

    public static bool Suits(Product<T> product) => !product.IsStored && product.A.Rows <= MostRows && !product.A.IsTransposed && product.B.IsTransposed;

    public static void Multiply(WorkerPool pool, Product<T> product, Matrix<T> c, bool accumulate)
    {
        var job = new Job { A = product.A, B = product.B, C = c, Accumulate = accumulate };
        int parts = (c.Columns + ColumnsAPart - 1) / ColumnsAPart;
        if ((long)c.Rows * c.Columns * product.A.Columns > SmallWork)
        {
            pool.Run(&MultiplyPart, &job, parts);
            return;
        }

        for (int part = 0; part < parts; part++)
        {
            MultiplyPart(&job, part);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyPart(void* state, int part)
    {
        var job = (Job*)state;
        T** b = stackalloc T*[ColumnsAtOnce];
        T** a = stackalloc T*[MostRows];
        T* sums = stackalloc T[16];
        for (int i = 0; i < job->C.Rows; i++)
        {
            a[i] = job->A.At(i, 0);
        }

        int end = Math.Min((part + 1) * ColumnsAPart, job->C.Columns);
        for (int column = part * ColumnsAPart; column < end; column += ColumnsAtOnce)
        {
            int count = Math.Min(ColumnsAtOnce, end - column);
            for (int j = 0; j < ColumnsAtOnce; j++)
            {
                b[j] = job->B.At(0, column + Math.Min(j, count - 1));
            }

            MultiplyColumns(job, b, a, column, count, sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyColumns(Job* job, T** b, T** a, int column, int count, T* sums)
    {
        int depth = job->A.Columns;
        int row = 0;
        for (; row <= job->C.Rows - 4; row += 4)
        {
            Dot4By4(b, a + row, depth, sums);
            Write(job, row, 4, column, Math.Min(4, count), 4, sums);
            Dot4By4(b + 4, a + row, depth, sums);
            Write(job, row, 4, column + 4, count - 4, 4, sums);
        }

        for (; row <= job->C.Rows - 2; row += 2)
        {
            Dot8By2(b, a + row, depth, sums);
            Write(job, row, 2, column, count, 8, sums);
        }

        if (row < job->C.Rows)
        {
            Dot8By1(b, a + row, depth, sums);
            Write(job, row, 1, column, count, 8, sums);
        }
    }

    private static void Write(Job* job, int row, int rows, int column, int columns, int stride, T* sums)
    {
        for (int i = 0; i < rows; i++)
        {
            T* c = job->C.At(row + i, column);
            for (int j = 0; j < columns; j++)
            {
                c[j] = job->Accumulate ? c[j] + sums[(i * stride) + j] : sums[(i * stride) + j];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot4By4(T** b, T** a, int depth, T* sums)
    {
        T* b0 = b[0];
        T* b1 = b[1];
        T* b2 = b[2];
        T* b3 = b[3];
        T* a0 = a[0];
        T* a1 = a[1];
        T* a2 = a[2];
        T* a3 = a[3];
        TVector s00 = default, s01 = default, s02 = default, s03 = default;
        TVector s10 = default, s11 = default, s12 = default, s13 = default;
        TVector s20 = default, s21 = default, s22 = default, s23 = default;
        TVector s30 = default, s31 = default, s32 = default, s33 = default;
        int k = 0;
        for (; k <= depth - TSimd.Width; k += TSimd.Width)
        {
            TVector x0 = TSimd.Load(a0 + k);
            TVector x1 = TSimd.Load(a1 + k);
            TVector x2 = TSimd.Load(a2 + k);
            TVector x3 = TSimd.Load(a3 + k);
            TVector w0 = TSimd.Load(b0 + k);
            s00 = TSimd.MultiplyAdd(x0, w0, s00);
            s10 = TSimd.MultiplyAdd(x1, w0, s10);
            s20 = TSimd.MultiplyAdd(x2, w0, s20);
            s30 = TSimd.MultiplyAdd(x3, w0, s30);
            TVector w1 = TSimd.Load(b1 + k);
            s01 = TSimd.MultiplyAdd(x0, w1, s01);
            s11 = TSimd.MultiplyAdd(x1, w1, s11);
            s21 = TSimd.MultiplyAdd(x2, w1, s21);
            s31 = TSimd.MultiplyAdd(x3, w1, s31);
            TVector w2 = TSimd.Load(b2 + k);
            s02 = TSimd.MultiplyAdd(x0, w2, s02);
            s12 = TSimd.MultiplyAdd(x1, w2, s12);
            s22 = TSimd.MultiplyAdd(x2, w2, s22);
            s32 = TSimd.MultiplyAdd(x3, w2, s32);
            TVector w3 = TSimd.Load(b3 + k);
            s03 = TSimd.MultiplyAdd(x0, w3, s03);
            s13 = TSimd.MultiplyAdd(x1, w3, s13);
            s23 = TSimd.MultiplyAdd(x2, w3, s23);
            s33 = TSimd.MultiplyAdd(x3, w3, s33);
        }

        TSimd.SumFour(s00, s01, s02, s03, sums + 0);
        TSimd.SumFour(s10, s11, s12, s13, sums + 4);
        TSimd.SumFour(s20, s21, s22, s23, sums + 8);
        TSimd.SumFour(s30, s31, s32, s33, sums + 12);
        AddTails(b, a, k, depth, 4, 4, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot8By2(T** b, T** a, int depth, T* sums)
    {
        T* b0 = b[0];
        T* b1 = b[1];
        T* b2 = b[2];
        T* b3 = b[3];
        T* b4 = b[4];
        T* b5 = b[5];
        T* b6 = b[6];
        T* b7 = b[7];
        T* a0 = a[0];
        T* a1 = a[1];
        TVector s00 = default, s01 = default, s02 = default, s03 = default, s04 = default, s05 = default, s06 = default, s07 = default;
        TVector s10 = default, s11 = default, s12 = default, s13 = default, s14 = default, s15 = default, s16 = default, s17 = default;
        int k = 0;
        for (; k <= depth - TSimd.Width; k += TSimd.Width)
        {
            TVector x0 = TSimd.Load(a0 + k);
            TVector x1 = TSimd.Load(a1 + k);
            TVector w0 = TSimd.Load(b0 + k);
            s00 = TSimd.MultiplyAdd(x0, w0, s00);
            s10 = TSimd.MultiplyAdd(x1, w0, s10);
            TVector w1 = TSimd.Load(b1 + k);
            s01 = TSimd.MultiplyAdd(x0, w1, s01);
            s11 = TSimd.MultiplyAdd(x1, w1, s11);
            TVector w2 = TSimd.Load(b2 + k);
            s02 = TSimd.MultiplyAdd(x0, w2, s02);
            s12 = TSimd.MultiplyAdd(x1, w2, s12);
            TVector w3 = TSimd.Load(b3 + k);
            s03 = TSimd.MultiplyAdd(x0, w3, s03);
            s13 = TSimd.MultiplyAdd(x1, w3, s13);
            TVector w4 = TSimd.Load(b4 + k);
            s04 = TSimd.MultiplyAdd(x0, w4, s04);
            s14 = TSimd.MultiplyAdd(x1, w4, s14);
            TVector w5 = TSimd.Load(b5 + k);
            s05 = TSimd.MultiplyAdd(x0, w5, s05);
            s15 = TSimd.MultiplyAdd(x1, w5, s15);
            TVector w6 = TSimd.Load(b6 + k);
            s06 = TSimd.MultiplyAdd(x0, w6, s06);
            s16 = TSimd.MultiplyAdd(x1, w6, s16);
            TVector w7 = TSimd.Load(b7 + k);
            s07 = TSimd.MultiplyAdd(x0, w7, s07);
            s17 = TSimd.MultiplyAdd(x1, w7, s17);
        }

        TSimd.SumFour(s00, s01, s02, s03, sums + 0);
        TSimd.SumFour(s04, s05, s06, s07, sums + 4);
        TSimd.SumFour(s10, s11, s12, s13, sums + 8);
        TSimd.SumFour(s14, s15, s16, s17, sums + 12);
        AddTails(b, a, k, depth, 8, 2, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot8By1(T** b, T** a, int depth, T* sums)
    {
        T* b0 = b[0];
        T* b1 = b[1];
        T* b2 = b[2];
        T* b3 = b[3];
        T* b4 = b[4];
        T* b5 = b[5];
        T* b6 = b[6];
        T* b7 = b[7];
        T* a0 = a[0];
        TVector s00 = default, s01 = default, s02 = default, s03 = default, s04 = default, s05 = default, s06 = default, s07 = default;
        int k = 0;
        for (; k <= depth - TSimd.Width; k += TSimd.Width)
        {
            TVector x0 = TSimd.Load(a0 + k);
            TVector w0 = TSimd.Load(b0 + k);
            s00 = TSimd.MultiplyAdd(x0, w0, s00);
            TVector w1 = TSimd.Load(b1 + k);
            s01 = TSimd.MultiplyAdd(x0, w1, s01);
            TVector w2 = TSimd.Load(b2 + k);
            s02 = TSimd.MultiplyAdd(x0, w2, s02);
            TVector w3 = TSimd.Load(b3 + k);
            s03 = TSimd.MultiplyAdd(x0, w3, s03);
            TVector w4 = TSimd.Load(b4 + k);
            s04 = TSimd.MultiplyAdd(x0, w4, s04);
            TVector w5 = TSimd.Load(b5 + k);
            s05 = TSimd.MultiplyAdd(x0, w5, s05);
            TVector w6 = TSimd.Load(b6 + k);
            s06 = TSimd.MultiplyAdd(x0, w6, s06);
            TVector w7 = TSimd.Load(b7 + k);
            s07 = TSimd.MultiplyAdd(x0, w7, s07);
        }

        TSimd.SumFour(s00, s01, s02, s03, sums + 0);
        TSimd.SumFour(s04, s05, s06, s07, sums + 4);
        AddTails(b, a, k, depth, 8, 1, sums);
    }

    private static void AddTails(T** b, T** a, int start, int depth, int columns, int rows, T* sums)
    {
        for (int k = start; k < depth; k++)
        {
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    sums[(i * columns) + j] += a[i][k] * b[j][k];
                }
            }
        }
    }

    private struct Job
    {
        public Matrix<T> A;
        public Matrix<T> B;
        public Matrix<T> C;
        public bool Accumulate;
    }
}
