using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>Sums of matrix products.</summary>
internal static unsafe class Gemm
{
    /// <summary>C = Σ AᵢBᵢ, or C += Σ AᵢBᵢ when <paramref name="accumulate"/>.</summary>
    public static void Multiply<T>(WorkerPool pool, ReadOnlySpan<Product<T>> products, Matrix<T> c, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < c.Rows; i++)
        {
            for (int j = 0; j < c.Columns; j++)
            {
                T sum = accumulate ? c[i, j] : T.Zero;
                foreach (Product<T> product in products)
                {
                    for (int k = 0; k < product.A.Columns; k++)
                    {
                        sum += product.A[i, k] * product.B[k, j];
                    }
                }

                c.Pointer[((long)i * c.Stride) + j] = sum;
            }
        }
    }
}
