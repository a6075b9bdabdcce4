namespace Reflexion.LanguageModels;

/// <summary>What a kernel needs of a vector of numbers, so that it is written once for all widths.</summary>
/// <typeparam name="TVector">A vector register's type; kernels hold it in locals, which the compiler keeps in registers.</typeparam>
/// <typeparam name="T">The numbers in it.</typeparam>
internal unsafe interface ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>Numbers in a vector.</summary>
    static abstract int Width { get; }

    static abstract TVector Load(T* source);

    static abstract void Store(TVector vector, T* destination);

    static abstract TVector Broadcast(T value);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    static abstract TVector Divide(TVector left, TVector right);

    static abstract TVector Max(TVector left, TVector right);

    static abstract TVector Sqrt(TVector vector);

    /// <summary>left · right + addend, rounded once where the machine can.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>e to the power of each number; exact to about 2 units in the last place, 0 and infinity beyond the type's range.</summary>
    static abstract TVector Exp(TVector vector);

    /// <summary>Exchanges the numbers 2i and 2i + 1.</summary>
    static abstract TVector SwapPairs(TVector vector);

    /// <summary>The sum of the numbers.</summary>
    static abstract T Sum(TVector vector);

    /// <summary>The largest of the numbers.</summary>
    static abstract T Largest(TVector vector);

    /// <summary>The sums of four vectors, in an order of the machine's own.</summary>
    static abstract void SumFour(TVector first, TVector second, TVector third, TVector fourth, T* sums);

    /// <summary>destination[k·step + i] = rows[i][offset + k] for <see cref="Width"/> rows and as many k; k in order, whole vectors, whatever the step.</summary>
    static abstract void Transpose(T** rows, nint offset, T* destination, nint step);

    /// <summary>Asks for the cache line of an address, which need not be valid.</summary>
    static abstract void Prefetch(T* address);
}
