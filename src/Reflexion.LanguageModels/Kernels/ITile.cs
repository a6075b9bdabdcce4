namespace Reflexion.LanguageModels;

/// <summary>The innermost piece of a matrix product: a block of C held in registers while k runs.</summary>
internal unsafe interface ITile<T>
    where T : unmanaged
{
    /// <summary>Most rows of C in the block, and numbers of packed A for each k.</summary>
    static abstract int Rows { get; }

    /// <summary>Columns of C in the block, and numbers of B for each k.</summary>
    static abstract int Columns { get; }

    /// <summary>C = AB, or C += AB when <paramref name="accumulate"/>, for all <see cref="Columns"/> and at least <paramref name="rows"/> rows.</summary>
    /// <param name="panel">The panel of B.</param>
    /// <param name="rows">Rows that are wanted; others may be written up to <see cref="Rows"/>.</param>
    /// <param name="a">Packed: <see cref="Rows"/> numbers for each k.</param>
    /// <param name="c">The first number of the block.</param>
    /// <param name="stride">Numbers from a row of C to the next.</param>
    /// <param name="accumulate">Whether what C holds is kept.</param>
    static abstract void Multiply(TilePanel<T>* panel, int rows, T* a, T* c, nint stride, bool accumulate);

    /// <summary>Brings a panel of A or B into the order in which the tile reads it: <see cref="Packing{TVector, T, TSimd}.Pack"/> with the tile's vectors.</summary>
    static abstract void Pack(T* source, bool isAlong, nint stride, int count, int depth, int width, T* destination);

    /// <summary>The same for several panels of A at once, where the numbers of one k lie side by side.</summary>
    static abstract void PackAcross(T* source, nint stride, int panels, nint panelSize, int depth, T* destination);
}
