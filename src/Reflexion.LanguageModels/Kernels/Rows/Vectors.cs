using System.Numerics;
using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Plain arithmetic on long runs of numbers.</summary>
internal static unsafe class Vectors
{
    private const int ChunkSize = 4_096;

    private enum Operation
    {
        AddScaled,
        Scale,
        Multiply,
    }

    /// <summary>y += x.</summary>
    public static void Add<T>(WorkerPool pool, T* x, T* y, long length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        AddScaled(pool, T.One, x, y, length);

    /// <summary>y += a·x.</summary>
    public static void AddScaled<T>(WorkerPool pool, T a, T* x, T* y, long length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Change(pool, Operation.AddScaled, a, x, y, length);

    /// <summary>y *= x, number for number.</summary>
    public static void Multiply<T>(WorkerPool pool, T* x, T* y, long length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Change(pool, Operation.Multiply, T.One, x, y, length);

    /// <summary>y *= a.</summary>
    public static void Scale<T>(WorkerPool pool, T a, T* y, long length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Change(pool, Operation.Scale, a, y, y, length);

    /// <summary>Adds a row of numbers, such as a bias, to each row of a matrix.</summary>
    public static void AddToRows<T>(WorkerPool pool, T* row, Matrix<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shapes.Same(y, y);
        var job = new RowsJob<T> { Row = row, Y = y };
        RowJob.Run<RowsJob<T>, T>(pool, &job, y.Rows, y.Columns);
    }

    /// <summary>Adds the sum of the rows of a matrix, such as a bias's gradient, to a row of numbers.</summary>
    public static void AddRowsTo<T>(WorkerPool pool, Matrix<T> x, T* row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shapes.Same(x, x);
        var job = new SumRowsJob<T> { X = x, Row = row };
        RowJob.Run<SumRowsJob<T>, T>(pool, &job, (x.Columns + SumRowsJob<T>.ColumnsAUnit - 1) / SumRowsJob<T>.ColumnsAUnit, (long)SumRowsJob<T>.ColumnsAUnit * x.Rows);
    }

    /// <summary>Σ x·y. Chunks are summed in the numbers' precision, their sums in double precision and in order.</summary>
    public static double Dot<T>(WorkerPool pool, T* x, T* y, long length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int chunks = Chunks(length);
        NativeBuffer<byte> sums = pool.Rent((long)chunks * sizeof(double));
        var job = new DotJob<T> { X = x, Y = y, Length = length, Sums = (double*)sums.Pointer };
        RowJob.Run<DotJob<T>, T>(pool, &job, chunks, ChunkSize);
        double total = 0;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            total += job.Sums[chunk];
        }

        pool.Return(sums);
        return total;
    }

    /// <summary>Σ x²; see <see cref="Dot"/>.</summary>
    public static double SumOfSquares<T>(WorkerPool pool, T* x, long length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Dot(pool, x, x, length);

    private static int Chunks(long length) => checked((int)((length + ChunkSize - 1) / ChunkSize));

    private static void Change<T>(WorkerPool pool, Operation operation, T a, T* x, T* y, long length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var job = new ChangeJob<T> { Operation = operation, A = a, X = x, Y = y, Length = length };
        RowJob.Run<ChangeJob<T>, T>(pool, &job, Chunks(length), ChunkSize);
    }

    private struct ChangeJob<T> : IRowJob<ChangeJob<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Operation Operation;
        public T A;
        public T* X;
        public T* Y;
        public long Length;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Run<TVector, TSimd>(ChangeJob<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            TVector a = TSimd.Broadcast(job->A);
            long last = Math.Min((long)end * ChunkSize, job->Length);
            for (long i = (long)first * ChunkSize; i < last; i += TSimd.Width)
            {
                int left = (int)Math.Min(int.MaxValue, last - i);
                TVector x = Lanes<TVector, T, TSimd>.Load(job->X + i, left);
                TVector y = Lanes<TVector, T, TSimd>.Load(job->Y + i, left);
                TVector result = job->Operation switch
                {
                    Operation.AddScaled => TSimd.MultiplyAdd(a, x, y),
                    Operation.Multiply => TSimd.Multiply(x, y),
                    _ => TSimd.Multiply(a, y),
                };
                Lanes<TVector, T, TSimd>.Store(result, job->Y + i, left);
            }
        }
    }

    private struct DotJob<T> : IRowJob<DotJob<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T* X;
        public T* Y;
        public long Length;
        public double* Sums;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Run<TVector, TSimd>(DotJob<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            for (int chunk = first; chunk < end; chunk++)
            {
                long start = (long)chunk * ChunkSize;
                int count = (int)Math.Min(ChunkSize, job->Length - start);
                TVector sum = default;
                TVector other = default;
                for (int i = 0; i < count; i += 2 * TSimd.Width)
                {
                    sum = TSimd.MultiplyAdd(Lanes<TVector, T, TSimd>.Load(job->X + start + i, count - i), Lanes<TVector, T, TSimd>.Load(job->Y + start + i, count - i), sum);
                    int next = i + TSimd.Width;
                    if (next < count)
                    {
                        other = TSimd.MultiplyAdd(
                            Lanes<TVector, T, TSimd>.Load(job->X + start + next, count - next), Lanes<TVector, T, TSimd>.Load(job->Y + start + next, count - next), other);
                    }
                }

                job->Sums[chunk] = double.CreateTruncating(TSimd.Sum(TSimd.Add(sum, other)));
            }
        }
    }

    private struct RowsJob<T> : IRowJob<RowsJob<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T* Row;
        public Matrix<T> Y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Run<TVector, TSimd>(RowsJob<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            for (int row = first; row < end; row++)
            {
                for (int j = 0; j < job->Y.Columns; j += TSimd.Width)
                {
                    int left = job->Y.Columns - j;
                    T* y = job->Y.At(row, j);
                    Lanes<TVector, T, TSimd>.Store(TSimd.Add(Lanes<TVector, T, TSimd>.Load(y, left), Lanes<TVector, T, TSimd>.Load(job->Row + j, left)), y, left);
                }
            }
        }
    }

    private struct SumRowsJob<T> : IRowJob<SumRowsJob<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public const int ColumnsAUnit = 32;

        public Matrix<T> X;
        public T* Row;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Run<TVector, TSimd>(SumRowsJob<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            int last = Math.Min(end * ColumnsAUnit, job->X.Columns);
            for (int j = first * ColumnsAUnit; j < last; j += TSimd.Width)
            {
                TVector sum = Lanes<TVector, T, TSimd>.Load(job->Row + j, last - j);
                for (int row = 0; row < job->X.Rows; row++)
                {
                    sum = TSimd.Add(sum, Lanes<TVector, T, TSimd>.Load(job->X.At(row, j), last - j));
                }

                Lanes<TVector, T, TSimd>.Store(sum, job->Row + j, last - j);
            }
        }
    }
}
