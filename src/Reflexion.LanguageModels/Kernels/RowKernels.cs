using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>What is done to activations row by row.</summary>
internal static unsafe class RowKernels
{
    public static void Scale<T>(WorkerPool pool, Matrix<T> x, T factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (long i = 0; i < (long)x.Rows * x.Columns; i++)
        {
            x.Pointer[i] *= factor;
        }
    }

    /// <summary>y += x.</summary>
    public static void Add<T>(Matrix<T> x, Matrix<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (long i = 0; i < (long)x.Rows * x.Columns; i++)
        {
            y.Pointer[i] += x.Pointer[i];
        }
    }

    /// <summary>Every row becomes the one row given.</summary>
    public static void Broadcast<T>(WorkerPool pool, Matrix<T> row, Matrix<T> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < to.Rows; i++)
        {
            new ReadOnlySpan<T>(row.Pointer, row.Columns).CopyTo(new(to.Pointer + ((long)i * to.Stride), to.Columns));
        }
    }

    /// <summary>sums [1, columns] += Σ rows of x.</summary>
    public static void AddColumnSums<T>(Matrix<T> x, Matrix<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Rows; i++)
        {
            for (int j = 0; j < x.Columns; j++)
            {
                sums.Pointer[j] += x[i, j];
            }
        }
    }

    /// <summary>y = x · w / rms(x), and 1 / rms(x) of every row.</summary>
    public static void RmsNorm<T>(WorkerPool pool, Matrix<T> x, T* weight, T epsilon, Matrix<T> y, T* inverse)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Rows; i++)
        {
            T sum = T.Zero;
            for (int j = 0; j < x.Columns; j++)
            {
                sum += x[i, j] * x[i, j];
            }

            inverse[i] = T.One / T.Sqrt((sum / T.CreateTruncating(x.Columns)) + epsilon);
            for (int j = 0; j < x.Columns; j++)
            {
                y.Pointer[((long)i * y.Stride) + j] = x[i, j] * inverse[i] * weight[j];
            }
        }
    }

    /// <summary>dx += gradient of x through y; dw += that of the weight, unless null.</summary>
    public static void RmsNormBackward<T>(WorkerPool pool, Matrix<T> x, T* weight, T* inverse, Matrix<T> dy, Matrix<T> dx, T* dw)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Rows; i++)
        {
            T dot = T.Zero;
            for (int j = 0; j < x.Columns; j++)
            {
                dot += dy[i, j] * weight[j] * x[i, j];
                if (dw != null)
                {
                    dw[j] += dy[i, j] * x[i, j] * inverse[i];
                }
            }

            T c = dot * inverse[i] * inverse[i] * inverse[i] / T.CreateTruncating(x.Columns);
            for (int j = 0; j < x.Columns; j++)
            {
                dx.Pointer[((long)i * dx.Stride) + j] += (dy[i, j] * weight[j] * inverse[i]) - (x[i, j] * c);
            }
        }
    }

    /// <summary>y = silu(gate) · up.</summary>
    public static void SwiGlu<T>(WorkerPool pool, Matrix<T> gate, Matrix<T> up, Matrix<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (long i = 0; i < (long)gate.Rows * gate.Columns; i++)
        {
            T g = gate.Pointer[i];
            y.Pointer[i] = g / (T.One + T.Exp(-g)) * up.Pointer[i];
        }
    }

    public static void SwiGluBackward<T>(WorkerPool pool, Matrix<T> gate, Matrix<T> up, Matrix<T> dy, Matrix<T> dGate, Matrix<T> dUp)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (long i = 0; i < (long)gate.Rows * gate.Columns; i++)
        {
            T g = gate.Pointer[i];
            T u = up.Pointer[i];
            T d = dy.Pointer[i];
            T sigmoid = T.One / (T.One + T.Exp(-g));
            dUp.Pointer[i] = d * g * sigmoid;
            dGate.Pointer[i] = d * u * sigmoid * (T.One + (g * (T.One - sigmoid)));
        }
    }

    /// <summary>Turns each head of each row by its position's angles; backwards if <paramref name="inverse"/>.</summary>
    public static void Rotate<T>(WorkerPool pool, Matrix<T> x, int heads, int* positions, T* cosines, T* sines, RotaryLayout layout, bool inverse)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int headSize = x.Columns / heads;
        int half = headSize / 2;
        for (int i = 0; i < x.Rows; i++)
        {
            for (int h = 0; h < heads; h++)
            {
                T* head = x.Pointer + ((long)i * x.Stride) + (h * headSize);
                for (int p = 0; p < half; p++)
                {
                    int first = layout == RotaryLayout.Pairs ? 2 * p : p;
                    int second = layout == RotaryLayout.Pairs ? first + 1 : p + half;
                    T cos = cosines[((long)positions[i] * half) + p];
                    T sin = sines[((long)positions[i] * half) + p];
                    sin = inverse ? -sin : sin;
                    (head[first], head[second]) = ((head[first] * cos) - (head[second] * sin), (head[first] * sin) + (head[second] * cos));
                }
            }
        }
    }
}
