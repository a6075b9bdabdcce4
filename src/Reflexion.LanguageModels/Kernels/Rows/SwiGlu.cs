using System.Numerics;
using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>The gated unit of the feed-forward layer (Shazeer 2020): y = g·σ(g)·u.</summary>
internal static unsafe class SwiGlu
{
    /// <summary>Works out y, which may be one of the inputs.</summary>
    public static void Forward<T>(WorkerPool pool, Matrix<T> gate, Matrix<T> up, Matrix<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shapes.Same(gate, up);
        Shapes.Same(gate, y);
        var job = new ForwardJob<T> { Gate = gate, Up = up, Y = y };
        RowJob.Run<ForwardJob<T>, T>(pool, &job, gate.Rows, 2L * gate.Columns);
    }

    /// <summary>dg = dy·u·σ(g)·(1 + g·(1 − σ(g))) and du = dy·g·σ(g); each may take the place of an input.</summary>
    public static void Backward<T>(WorkerPool pool, Matrix<T> dy, Matrix<T> gate, Matrix<T> up, Matrix<T> gateGradient, Matrix<T> upGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shapes.Same(gate, dy);
        Shapes.Same(gate, up);
        Shapes.Same(gate, gateGradient);
        Shapes.Same(gate, upGradient);
        var job = new BackwardJob<T> { Dy = dy, Gate = gate, Up = up, GateGradient = gateGradient, UpGradient = upGradient };
        RowJob.Run<BackwardJob<T>, T>(pool, &job, gate.Rows, 4L * gate.Columns);
    }

    private static TVector Sigmoid<TVector, T, TSimd>(TVector value)
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : ISimd<TVector, T>
    {
        TVector one = TSimd.Broadcast(T.One);
        return TSimd.Divide(one, TSimd.Add(one, TSimd.Exp(TSimd.Subtract(default, value))));
    }

    private struct ForwardJob<T> : IRowJob<ForwardJob<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Matrix<T> Gate;
        public Matrix<T> Up;
        public Matrix<T> Y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Run<TVector, TSimd>(ForwardJob<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            for (int row = first; row < end; row++)
            {
                for (int j = 0; j < job->Gate.Columns; j += TSimd.Width)
                {
                    int left = job->Gate.Columns - j;
                    TVector gate = Lanes<TVector, T, TSimd>.Load(job->Gate.At(row, j), left);
                    TVector open = TSimd.Multiply(gate, Sigmoid<TVector, T, TSimd>(gate));
                    Lanes<TVector, T, TSimd>.Store(TSimd.Multiply(open, Lanes<TVector, T, TSimd>.Load(job->Up.At(row, j), left)), job->Y.At(row, j), left);
                }
            }
        }
    }

    private struct BackwardJob<T> : IRowJob<BackwardJob<T>, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Matrix<T> Dy;
        public Matrix<T> Gate;
        public Matrix<T> Up;
        public Matrix<T> GateGradient;
        public Matrix<T> UpGradient;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Run<TVector, TSimd>(BackwardJob<T>* job, int first, int end)
            where TVector : struct
            where TSimd : ISimd<TVector, T>
        {
            TVector one = TSimd.Broadcast(T.One);
            for (int row = first; row < end; row++)
            {
                for (int j = 0; j < job->Gate.Columns; j += TSimd.Width)
                {
                    int left = job->Gate.Columns - j;
                    TVector gate = Lanes<TVector, T, TSimd>.Load(job->Gate.At(row, j), left);
                    TVector up = Lanes<TVector, T, TSimd>.Load(job->Up.At(row, j), left);
                    TVector dy = Lanes<TVector, T, TSimd>.Load(job->Dy.At(row, j), left);
                    TVector sigmoid = Sigmoid<TVector, T, TSimd>(gate);
                    TVector slope = TSimd.Multiply(sigmoid, TSimd.MultiplyAdd(gate, TSimd.Subtract(one, sigmoid), one));
                    Lanes<TVector, T, TSimd>.Store(TSimd.Multiply(TSimd.Multiply(dy, up), slope), job->GateGradient.At(row, j), left);
                    Lanes<TVector, T, TSimd>.Store(TSimd.Multiply(dy, TSimd.Multiply(gate, sigmoid)), job->UpGradient.At(row, j), left);
                }
            }
        }
    }
}
