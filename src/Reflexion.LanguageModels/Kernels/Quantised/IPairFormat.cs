namespace Reflexion.LanguageModels;

/// <summary>How a panel's numbers come into lanes.</summary>
internal unsafe interface IPairFormat
{
    /// <summary>Bytes of a row within a vector's stretch.</summary>
    static abstract int RowBytes { get; }

    /// <summary>Bytes of four pairs of inputs for a panel's 16 rows.</summary>
    static abstract int FourPairs { get; }

    /// <summary>Pair 0 .. 3 of the four at an address.</summary>
    static abstract TInt Load<TInt, TFloat, TLanes>(byte* from, int pair, TInt table)
        where TInt : struct
        where TFloat : struct
        where TLanes : IPairLanes<TInt, TFloat>;
}
