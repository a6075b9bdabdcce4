using System.Numerics;
using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary>Sums of matrix products.</summary>
/// <remarks>The order of additions follows from the shapes alone, so results do not depend on the number of threads.</remarks>
internal static unsafe class Gemm
{
    /// <summary>C = Σ AᵢBᵢ, or C += Σ AᵢBᵢ when <paramref name="accumulate"/>.</summary>
    /// <param name="pool">The threads that work on it.</param>
    /// <param name="products">The terms, in any combination of transposed factors. None: C is zero, or kept.</param>
    /// <param name="c">The result; not transposed (exchange and transpose the factors instead), and no part of a factor.</param>
    /// <param name="accumulate">Whether what C holds is kept.</param>
    /// <exception cref="ArgumentException">The shapes do not fit together.</exception>
    public static void Multiply<T>(WorkerPool pool, ReadOnlySpan<Product<T>> products, Matrix<T> c, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(products, c);
        if (pool.Vectors == VectorSet.Avx512)
        {
            Multiply<Vector512<T>, T, Avx512Simd<T>, TallTile<Vector512<T>, T, Avx512Simd<T>>>(pool, products, c, accumulate);
        }
        else if (pool.Vectors == VectorSet.Avx2)
        {
            Multiply<Vector256<T>, T, Avx2Simd<T>, SmallTile<Vector256<T>, T, Avx2Simd<T>>>(pool, products, c, accumulate);
        }
        else
        {
            Multiply<Vector<T>, T, PortableSimd<T>, SmallTile<Vector<T>, T, PortableSimd<T>>>(pool, products, c, accumulate);
        }
    }

    private static void Multiply<TVector, T, TSimd, TTile>(WorkerPool pool, ReadOnlySpan<Product<T>> products, Matrix<T> c, bool accumulate)
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : ISimd<TVector, T>
        where TTile : ITile<T>
    {
        if (c.Rows == 0 || c.Columns == 0)
        {
            return;
        }

        bool areDots = true;
        bool areRows = true;
        foreach (Product<T> product in products)
        {
            areDots &= DotGemm<TVector, T, TSimd>.Suits(product);
            areRows &= RowGemm<TVector, T, TSimd>.Suits(product);
        }

        if (products.IsEmpty || !(areDots || areRows))
        {
            PackedGemm<T, TTile>.Multiply(pool, products, c, accumulate);
            return;
        }

        foreach (Product<T> product in products)
        {
            if (areDots)
            {
                DotGemm<TVector, T, TSimd>.Multiply(pool, product, c, accumulate);
            }
            else
            {
                RowGemm<TVector, T, TSimd>.Multiply(pool, product, c, accumulate);
            }

            accumulate = true;
        }
    }

    private static void Check<T>(ReadOnlySpan<Product<T>> products, Matrix<T> c)
        where T : unmanaged
    {
        if (c.IsTransposed)
        {
            throw new ArgumentException("The result cannot be a transposed view; exchange and transpose the factors instead.", nameof(c));
        }

        foreach (Product<T> product in products)
        {
            if (product.A.Rows != c.Rows || product.B.Columns != c.Columns || product.A.Columns != product.B.Rows)
            {
                throw new ArgumentException(
                    $"A product of [{product.A.Rows}, {product.A.Columns}] and [{product.B.Rows}, {product.B.Columns}] is not [{c.Rows}, {c.Columns}].",
                    nameof(products));
            }
        }
    }
}
