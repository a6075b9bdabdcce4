using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Widened already.</summary>
internal readonly unsafe struct WordPairs : IPairFormat
{
    public static int RowBytes => 4;

    public static int FourPairs => 256;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TInt Load<TInt, TFloat, TLanes>(byte* from, int pair, TInt table)
        where TInt : struct
        where TFloat : struct
        where TLanes : IPairLanes<TInt, TFloat> => TLanes.LoadWords((short*)(from + (pair * 64)));
}
