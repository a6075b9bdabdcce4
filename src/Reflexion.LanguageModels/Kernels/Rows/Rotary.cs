using System.Numerics;
using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Turns the pairs of numbers of each head by angles that grow with the position (RoPE; Su et al. 2021).</summary>
internal static unsafe class Rotary
{
    /// <summary>Turns heads in place.</summary>
    /// <param name="pool">The threads that work on it.</param>
    /// <param name="x">Queries or keys [tokens, heads · head size].</param>
    /// <param name="positions">The position of each token, below the table's <see cref="RotaryTable{T}.Positions"/>.</param>
    /// <param name="table">The angles.</param>
    /// <param name="isBackward">Whether to turn back: the gradient of the input from that of the output.</param>
    public static void Turn<T>(WorkerPool pool, Matrix<T> x, int* positions, RotaryTable<T> table, bool isBackward)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shapes.Same(x, x);
        var job = new Job<T>
        {
            X = x,
            Positions = positions,
            Cosines = table.Cosines,
            Sines = table.Sines,
            HeadSize = table.HeadSize,
            RowSize = table.RowSize,
            ArePairs = table.Layout == RotaryLayout.Pairs,
            Sign = isBackward ? -T.One : T.One,
        };
        RowJob.Run<Job<T>, T>(pool, &job, x.Rows, x.Columns);
        GC.KeepAlive(table);
    }

    private struct Job<T> : IRowJob<Job<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Matrix<T> X;
        public int* Positions;
        public T* Cosines;
        public T* Sines;
        public int HeadSize;
        public int RowSize;
        public bool ArePairs;
        public T Sign;

        public static void Run<TVector, TSimd>(Job<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            for (int row = first; row < end; row++)
            {
                T* cosines = job->Cosines + ((long)job->Positions[row] * job->RowSize);
                T* sines = job->Sines + ((long)job->Positions[row] * job->RowSize);
                for (int head = 0; head < job->X.Columns; head += job->HeadSize)
                {
                    T* x = job->X.At(row, head);
                    if (job->ArePairs)
                    {
                        TurnPairs<TVector, TSimd>(x, cosines, sines, job->RowSize, TSimd.Broadcast(job->Sign));
                    }
                    else
                    {
                        TurnHalves<TVector, TSimd>(x, cosines, sines, job->RowSize, TSimd.Broadcast(job->Sign));
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void TurnPairs<TVector, TSimd>(T* x, T* cosines, T* sines, int size, TVector sign)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            for (int i = 0; i < size; i += TSimd.Width)
            {
                TVector value = Lanes<TVector, T, TSimd>.Load(x + i, size - i);
                TVector sine = TSimd.Multiply(sign, Lanes<TVector, T, TSimd>.Load(sines + i, size - i));
                TVector turned = TSimd.Multiply(value, Lanes<TVector, T, TSimd>.Load(cosines + i, size - i));
                Lanes<TVector, T, TSimd>.Store(TSimd.MultiplyAdd(TSimd.SwapPairs(value), sine, turned), x + i, size - i);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void TurnHalves<TVector, TSimd>(T* x, T* cosines, T* sines, int half, TVector sign)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            for (int i = 0; i < half; i += TSimd.Width)
            {
                TVector a = Lanes<TVector, T, TSimd>.Load(x + i, half - i);
                TVector b = Lanes<TVector, T, TSimd>.Load(x + half + i, half - i);
                TVector cosine = Lanes<TVector, T, TSimd>.Load(cosines + i, half - i);
                TVector sine = TSimd.Multiply(sign, Lanes<TVector, T, TSimd>.Load(sines + i, half - i));
                Lanes<TVector, T, TSimd>.Store(TSimd.Subtract(TSimd.Multiply(a, cosine), TSimd.Multiply(b, sine)), x + i, half - i);
                Lanes<TVector, T, TSimd>.Store(TSimd.MultiplyAdd(a, sine, TSimd.Multiply(b, cosine)), x + half + i, half - i);
            }
        }
    }
}
