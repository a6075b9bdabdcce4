using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Vectors at the end of a row, where fewer numbers are left than one holds.</summary>
internal static unsafe class Lanes<TVector, T, TSimd>
    where TVector : struct
    where T : unmanaged
    where TSimd : ISimd<TVector, T>
{
    private const int MostWidth = 32;

    /// <summary>The numbers at <paramref name="source"/>, of which <paramref name="left"/> are left; others are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(T* source, int left) => left >= TSimd.Width ? TSimd.Load(source) : LoadPart(source, left, default);

    /// <summary>The same with <paramref name="filler"/> in place of what is missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(T* source, int left, T filler) => left >= TSimd.Width ? TSimd.Load(source) : LoadPart(source, left, filler);

    /// <summary>Stores as many numbers as are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(TVector vector, T* destination, int left)
    {
        if (left >= TSimd.Width)
        {
            TSimd.Store(vector, destination);
        }
        else
        {
            StorePart(vector, destination, left);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TVector LoadPart(T* source, int count, T filler)
    {
        T* numbers = stackalloc T[MostWidth];
        for (int i = 0; i < TSimd.Width; i++)
        {
            numbers[i] = i < count ? source[i] : filler;
        }

        return TSimd.Load(numbers);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StorePart(TVector vector, T* destination, int count)
    {
        T* numbers = stackalloc T[MostWidth];
        TSimd.Store(vector, numbers);
        for (int i = 0; i < count; i++)
        {
            destination[i] = numbers[i];
        }
    }
}
