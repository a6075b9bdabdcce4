using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>See <see cref="NumberForm.Nibbles"/>.</summary>
internal readonly unsafe struct NibblePairs : IPairFormat
{
    public static int RowBytes => 4;

    public static int FourPairs => 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TInt Load<TInt, TFloat, TLanes>(byte* from, int pair, TInt table)
        where TInt : struct
        where TFloat : struct
        where TLanes : IPairLanes<TInt, TFloat> => TLanes.LoadNibbles(from, pair * 4, table);
}
