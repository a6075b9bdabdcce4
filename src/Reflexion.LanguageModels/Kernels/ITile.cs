namespace Reflexion.LanguageModels;

/// <summary>The innermost piece of a matrix product: a block of C held in registers while k runs.</summary>
internal unsafe interface ITile<T>
    where T : unmanaged
{
    /// <summary>Rows of C in the block, and numbers of A a step of k.</summary>
    static abstract int Rows { get; }

    /// <summary>Columns of C in the block, and numbers of B a step of k.</summary>
    static abstract int Columns { get; }

    /// <summary>C = AB, or C += AB when <paramref name="accumulate"/>.</summary>
    /// <param name="depth">How far k runs.</param>
    /// <param name="a">Packed: <see cref="Rows"/> numbers for each k.</param>
    /// <param name="b">Packed: <see cref="Columns"/> numbers for each k.</param>
    /// <param name="c">The first number of the block.</param>
    /// <param name="stride">Numbers from a row of C to the next.</param>
    /// <param name="accumulate">Whether what C holds is kept.</param>
    static abstract void Multiply(int depth, T* a, T* b, T* c, nint stride, bool accumulate);
}
