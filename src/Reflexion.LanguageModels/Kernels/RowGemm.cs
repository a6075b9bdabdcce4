using System.Numerics;
using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Products with a matrix whose rows lie side by side, row for row of C: for one row (dy·W), or for so small a depth that writing C is all the work.</summary>
internal static unsafe class RowGemm<TVector, T, TSimd>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TSimd : ISimd<TVector, T>
{
    private const int MostRows = 1;
    private const int MostDepth = 4;
    private const long SmallWork = 15_000;

    private static int StripWidth => 8 * TSimd.Width;

    public static bool Suits(Product<T> product) =>
        !product.IsStored && !product.B.IsTransposed && (product.A.Rows <= MostRows || product.A.Columns <= MostDepth);

    public static void Multiply(WorkerPool pool, Product<T> product, Matrix<T> c, bool accumulate)
    {
        var job = new Job { A = product.A, B = product.B, C = c, Accumulate = accumulate };
        int strips = (c.Columns + StripWidth - 1) / StripWidth;
        job.RowsAPart = Math.Clamp(c.Rows / (4 * pool.Threads), 1, 64);
        int parts = (c.Rows + job.RowsAPart - 1) / job.RowsAPart;
        job.StripsAPart = parts >= 2 * pool.Threads ? strips : 1;
        job.ColumnParts = (strips + job.StripsAPart - 1) / job.StripsAPart;
        parts *= job.ColumnParts;
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
        int first = part / job->ColumnParts * job->RowsAPart;
        int end = Math.Min(first + job->RowsAPart, job->C.Rows);
        int firstColumn = part % job->ColumnParts * job->StripsAPart * StripWidth;
        int endColumn = Math.Min(firstColumn + (job->StripsAPart * StripWidth), job->C.Columns);
        for (int row = first; row < end; row++)
        {
            int column = firstColumn;
            for (; column <= endColumn - StripWidth; column += StripWidth)
            {
                MultiplyStrip(job, row, column);
            }

            for (; column <= endColumn - (4 * TSimd.Width); column += 4 * TSimd.Width)
            {
                MultiplyHalfStrip(job, row, column);
            }

            for (; column <= endColumn - TSimd.Width; column += TSimd.Width)
            {
                MultiplyVector(job, row, column);
            }

            for (; column < endColumn; column++)
            {
                MultiplyOne(job, row, column);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyStrip(Job* job, int row, int column)
    {
        T* a = job->A.At(row, 0);
        nint along = job->A.IsTransposed ? job->A.Stride : 1;
        T* b = job->B.At(0, column);
        T* c = job->C.At(row, column);
        TVector s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        if (job->Accumulate)
        {
            s0 = TSimd.Load(c + (0 * TSimd.Width));
            s1 = TSimd.Load(c + (1 * TSimd.Width));
            s2 = TSimd.Load(c + (2 * TSimd.Width));
            s3 = TSimd.Load(c + (3 * TSimd.Width));
            s4 = TSimd.Load(c + (4 * TSimd.Width));
            s5 = TSimd.Load(c + (5 * TSimd.Width));
            s6 = TSimd.Load(c + (6 * TSimd.Width));
            s7 = TSimd.Load(c + (7 * TSimd.Width));
        }

        for (int k = job->A.Columns; k > 0; k--)
        {
            TVector x = TSimd.Broadcast(*a);
            s0 = TSimd.MultiplyAdd(x, TSimd.Load(b + (0 * TSimd.Width)), s0);
            s1 = TSimd.MultiplyAdd(x, TSimd.Load(b + (1 * TSimd.Width)), s1);
            s2 = TSimd.MultiplyAdd(x, TSimd.Load(b + (2 * TSimd.Width)), s2);
            s3 = TSimd.MultiplyAdd(x, TSimd.Load(b + (3 * TSimd.Width)), s3);
            s4 = TSimd.MultiplyAdd(x, TSimd.Load(b + (4 * TSimd.Width)), s4);
            s5 = TSimd.MultiplyAdd(x, TSimd.Load(b + (5 * TSimd.Width)), s5);
            s6 = TSimd.MultiplyAdd(x, TSimd.Load(b + (6 * TSimd.Width)), s6);
            s7 = TSimd.MultiplyAdd(x, TSimd.Load(b + (7 * TSimd.Width)), s7);
            a += along;
            b += job->B.Stride;
        }

        TSimd.Store(s0, c + (0 * TSimd.Width));
        TSimd.Store(s1, c + (1 * TSimd.Width));
        TSimd.Store(s2, c + (2 * TSimd.Width));
        TSimd.Store(s3, c + (3 * TSimd.Width));
        TSimd.Store(s4, c + (4 * TSimd.Width));
        TSimd.Store(s5, c + (5 * TSimd.Width));
        TSimd.Store(s6, c + (6 * TSimd.Width));
        TSimd.Store(s7, c + (7 * TSimd.Width));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyHalfStrip(Job* job, int row, int column)
    {
        T* a = job->A.At(row, 0);
        nint along = job->A.IsTransposed ? job->A.Stride : 1;
        T* b = job->B.At(0, column);
        T* c = job->C.At(row, column);
        TVector s0 = default, s1 = default, s2 = default, s3 = default;
        if (job->Accumulate)
        {
            s0 = TSimd.Load(c + (0 * TSimd.Width));
            s1 = TSimd.Load(c + (1 * TSimd.Width));
            s2 = TSimd.Load(c + (2 * TSimd.Width));
            s3 = TSimd.Load(c + (3 * TSimd.Width));
        }

        for (int k = job->A.Columns; k > 0; k--)
        {
            TVector x = TSimd.Broadcast(*a);
            s0 = TSimd.MultiplyAdd(x, TSimd.Load(b + (0 * TSimd.Width)), s0);
            s1 = TSimd.MultiplyAdd(x, TSimd.Load(b + (1 * TSimd.Width)), s1);
            s2 = TSimd.MultiplyAdd(x, TSimd.Load(b + (2 * TSimd.Width)), s2);
            s3 = TSimd.MultiplyAdd(x, TSimd.Load(b + (3 * TSimd.Width)), s3);
            a += along;
            b += job->B.Stride;
        }

        TSimd.Store(s0, c + (0 * TSimd.Width));
        TSimd.Store(s1, c + (1 * TSimd.Width));
        TSimd.Store(s2, c + (2 * TSimd.Width));
        TSimd.Store(s3, c + (3 * TSimd.Width));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyVector(Job* job, int row, int column)
    {
        T* c = job->C.At(row, column);
        TVector sum = job->Accumulate ? TSimd.Load(c) : default;
        for (int k = 0; k < job->A.Columns; k++)
        {
            sum = TSimd.MultiplyAdd(TSimd.Broadcast(job->A[row, k]), TSimd.Load(job->B.At(k, column)), sum);
        }

        TSimd.Store(sum, c);
    }

    private static void MultiplyOne(Job* job, int row, int column)
    {
        T* c = job->C.At(row, column);
        T sum = job->Accumulate ? *c : T.Zero;
        for (int k = 0; k < job->A.Columns; k++)
        {
            sum += job->A[row, k] * job->B[k, column];
        }

        *c = sum;
    }

    private struct Job
    {
        public Matrix<T> A;
        public Matrix<T> B;
        public Matrix<T> C;
        public bool Accumulate;
        public int RowsAPart;
        public int StripsAPart;
        public int ColumnParts;
    }
}
