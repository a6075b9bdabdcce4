using System.Numerics;
using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Root mean square normalisation (Zhang and Sennrich 2019): y = w · x / √(mean(x²) + ε), row for row.</summary>
internal static unsafe class RmsNorm
{
    private const int ColumnsAUnit = 32;

    /// <param name="pool">The threads that work on it.</param>
    /// <param name="x">The input [rows, width].</param>
    /// <param name="weight">Width numbers.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <param name="y">The output [rows, width]; may be the input itself.</param>
    /// <param name="scales">Room for 1 / √(mean(x²) + ε) of each row, which the backward pass needs; null: not kept.</param>
    public static void Forward<T>(WorkerPool pool, Matrix<T> x, T* weight, T epsilon, Matrix<T> y, T* scales)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shapes.Same(x, y);
        var job = new ForwardJob<T> { X = x, Weight = weight, Epsilon = epsilon, Y = y, Scales = scales };
        RowJob.Run<ForwardJob<T>, T>(pool, &job, x.Rows, x.Columns);
    }

    /// <summary>dx = s·(w·dy − x·s²·mean(w·dy·x)), and dw += Σ over rows of dy·x·s.</summary>
    /// <param name="pool">The threads that work on it.</param>
    /// <param name="dy">The gradient of the output.</param>
    /// <param name="x">The input of the forward pass.</param>
    /// <param name="weight">Width numbers.</param>
    /// <param name="scales">What the forward pass kept.</param>
    /// <param name="dx">The gradient of the input; may be <paramref name="dy"/> if no weight's gradient is wanted.</param>
    /// <param name="accumulate">Whether what <paramref name="dx"/> holds is kept.</param>
    /// <param name="weightGradient">Added to; null: not wanted.</param>
    public static void Backward<T>(WorkerPool pool, Matrix<T> dy, Matrix<T> x, T* weight, T* scales, Matrix<T> dx, bool accumulate, T* weightGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shapes.Same(x, dy);
        Shapes.Same(x, dx);
        if (weightGradient != null)
        {
            int width = ColumnsAUnit;
            var weights = new WeightJob<T> { Dy = dy, X = x, Scales = scales, Gradient = weightGradient };
            RowJob.Run<WeightJob<T>, T>(pool, &weights, (x.Columns + width - 1) / width, (long)width * x.Rows);
        }

        var job = new BackwardJob<T> { Dy = dy, X = x, Weight = weight, Scales = scales, Dx = dx, Accumulate = accumulate };
        RowJob.Run<BackwardJob<T>, T>(pool, &job, x.Rows, 2L * x.Columns);
    }

    private struct ForwardJob<T> : IRowJob<ForwardJob<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Matrix<T> X;
        public T* Weight;
        public T Epsilon;
        public Matrix<T> Y;
        public T* Scales;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Run<TVector, TSimd>(ForwardJob<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            int width = job->X.Columns;
            for (int row = first; row < end; row++)
            {
                T* x = job->X.At(row, 0);
                T* y = job->Y.At(row, 0);
                TVector squares = default;
                for (int j = 0; j < width; j += TSimd.Width)
                {
                    TVector value = Lanes<TVector, T, TSimd>.Load(x + j, width - j);
                    squares = TSimd.MultiplyAdd(value, value, squares);
                }

                T scale = T.One / T.Sqrt((TSimd.Sum(squares) / T.CreateChecked(width)) + job->Epsilon);
                TVector factor = TSimd.Broadcast(scale);
                for (int j = 0; j < width; j += TSimd.Width)
                {
                    TVector value = TSimd.Multiply(Lanes<TVector, T, TSimd>.Load(x + j, width - j), factor);
                    Lanes<TVector, T, TSimd>.Store(TSimd.Multiply(value, Lanes<TVector, T, TSimd>.Load(job->Weight + j, width - j)), y + j, width - j);
                }

                if (job->Scales != null)
                {
                    job->Scales[row] = scale;
                }
            }
        }
    }

    private struct BackwardJob<T> : IRowJob<BackwardJob<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Matrix<T> Dy;
        public Matrix<T> X;
        public T* Weight;
        public T* Scales;
        public Matrix<T> Dx;
        public bool Accumulate;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Run<TVector, TSimd>(BackwardJob<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            int width = job->X.Columns;
            for (int row = first; row < end; row++)
            {
                T* x = job->X.At(row, 0);
                T* dy = job->Dy.At(row, 0);
                T* dx = job->Dx.At(row, 0);
                TVector sum = default;
                for (int j = 0; j < width; j += TSimd.Width)
                {
                    TVector weighted = TSimd.Multiply(Lanes<TVector, T, TSimd>.Load(job->Weight + j, width - j), Lanes<TVector, T, TSimd>.Load(dy + j, width - j));
                    sum = TSimd.MultiplyAdd(weighted, Lanes<TVector, T, TSimd>.Load(x + j, width - j), sum);
                }

                T scale = job->Scales[row];
                TVector factor = TSimd.Broadcast(scale);
                TVector pull = TSimd.Broadcast(-(scale * scale * scale) * TSimd.Sum(sum) / T.CreateChecked(width));
                for (int j = 0; j < width; j += TSimd.Width)
                {
                    TVector weighted = TSimd.Multiply(Lanes<TVector, T, TSimd>.Load(job->Weight + j, width - j), Lanes<TVector, T, TSimd>.Load(dy + j, width - j));
                    TVector gradient = job->Accumulate ? Lanes<TVector, T, TSimd>.Load(dx + j, width - j) : default;
                    gradient = TSimd.MultiplyAdd(pull, Lanes<TVector, T, TSimd>.Load(x + j, width - j), gradient);
                    Lanes<TVector, T, TSimd>.Store(TSimd.MultiplyAdd(factor, weighted, gradient), dx + j, width - j);
                }
            }
        }
    }

    /// <summary>Columns in strips, each summed over the rows in order.</summary>
    private struct WeightJob<T> : IRowJob<WeightJob<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Matrix<T> Dy;
        public Matrix<T> X;
        public T* Scales;
        public T* Gradient;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Run<TVector, TSimd>(WeightJob<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            int last = Math.Min(end * ColumnsAUnit, job->X.Columns);
            for (int j = first * ColumnsAUnit; j < last; j += TSimd.Width)
            {
                TVector sum = default;
                for (int row = 0; row < job->X.Rows; row++)
                {
                    TVector scaled = TSimd.Multiply(TSimd.Broadcast(job->Scales[row]), Lanes<TVector, T, TSimd>.Load(job->X.At(row, j), last - j));
                    sum = TSimd.MultiplyAdd(scaled, Lanes<TVector, T, TSimd>.Load(job->Dy.At(row, j), last - j), sum);
                }

                Lanes<TVector, T, TSimd>.Store(TSimd.Add(sum, Lanes<TVector, T, TSimd>.Load(job->Gradient + j, last - j)), job->Gradient + j, last - j);
            }
        }
    }
}
