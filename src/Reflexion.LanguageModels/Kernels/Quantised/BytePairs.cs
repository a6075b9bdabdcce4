using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>See <see cref="NumberForm.Bytes"/>.</summary>
internal readonly unsafe struct BytePairs : IPairFormat
{
    public static int RowBytes => 2;

    public static int FourPairs => 128;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TInt Load<TInt, TFloat, TLanes>(byte* from, int pair, TInt table)
        where TInt : struct
        where TFloat : struct
        where TLanes : IPairLanes<TInt, TFloat> => TLanes.LoadBytes((sbyte*)(from + (pair * 32)));
}
