namespace Reflexion.LanguageModels;

/// <summary>The panel of B that tiles run over, and what to fetch meanwhile.</summary>
internal unsafe struct TilePanel<T>
    where T : unmanaged
{
    /// <summary>How far k runs.</summary>
    public int Depth;

    /// <summary>A tile's columns of numbers for each k.</summary>
    public T* B;

    /// <summary>Numbers of B from one k to the next.</summary>
    public nint Step;

    /// <summary>What will be needed next: a cache line is fetched for each k. Any address will do.</summary>
    public T* Ahead;

    /// <summary>Numbers from one line to be fetched to the next.</summary>
    public nint AheadStep;
}
