namespace Reflexion.LanguageModels;

/// <summary>What the parts of a matrix product share.</summary>
internal unsafe struct GemmJob<T>
    where T : unmanaged
{
    public Product<T>* Terms;
    public GemmSlab<T>* Slabs;
    public int SlabCount;

    /// <summary>The first row of A's that this block of rows begins with.</summary>
    public int FirstRow;
    public int Rows;
    public int Columns;

    /// <summary>The block's first number in C.</summary>
    public T* C;
    public nint Stride;
    public bool Accumulate;
    public T* PackedA;

    /// <summary>Room for each worker's panels of B.</summary>
    public T* Scratch;
    public long ScratchSize;
    public int RowPanelsAPart;
    public int ColumnPanelsAPart;
    public int RowParts;
}
