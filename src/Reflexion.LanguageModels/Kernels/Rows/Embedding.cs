using System.Numerics;
using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Rows of a table by number: token embeddings.</summary>
internal static unsafe class Embedding
{
    private const int ColumnsAUnit = 64;

    /// <summary>Row i of y is the table's row ids[i].</summary>
    public static void Gather<T>(WorkerPool pool, Matrix<T> table, int* ids, Matrix<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var job = new GatherJob<T> { Table = table, Ids = ids, Y = y };
        RowJob.Run<GatherJob<T>, T>(pool, &job, y.Rows, y.Columns);
    }

    /// <summary>Adds row i of dy to the table's row ids[i]; rows asked for twice are added in order.</summary>
    public static void ScatterAdd<T>(WorkerPool pool, Matrix<T> dy, int* ids, Matrix<T> table)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var job = new ScatterJob<T> { Dy = dy, Ids = ids, Table = table };
        RowJob.Run<ScatterJob<T>, T>(pool, &job, (dy.Columns + ColumnsAUnit - 1) / ColumnsAUnit, (long)ColumnsAUnit * dy.Rows);
    }

    private struct GatherJob<T> : IRowJob<GatherJob<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Matrix<T> Table;
        public int* Ids;
        public Matrix<T> Y;

        public static void Run<TVector, TSimd>(GatherJob<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            for (int row = first; row < end; row++)
            {
                new ReadOnlySpan<T>(job->Table.At(job->Ids[row], 0), job->Y.Columns).CopyTo(new Span<T>(job->Y.At(row, 0), job->Y.Columns));
            }
        }
    }

    private struct ScatterJob<T> : IRowJob<ScatterJob<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Matrix<T> Dy;
        public int* Ids;
        public Matrix<T> Table;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Run<TVector, TSimd>(ScatterJob<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            int last = Math.Min(end * ColumnsAUnit, job->Dy.Columns);
            for (int row = 0; row < job->Dy.Rows; row++)
            {
                for (int j = first * ColumnsAUnit; j < last; j += TSimd.Width)
                {
                    T* sum = job->Table.At(job->Ids[row], j);
                    Lanes<TVector, T, TSimd>.Store(
                        TSimd.Add(Lanes<TVector, T, TSimd>.Load(sum, last - j), Lanes<TVector, T, TSimd>.Load(job->Dy.At(row, j), last - j)), sum, last - j);
                }
            }
        }
    }
}
