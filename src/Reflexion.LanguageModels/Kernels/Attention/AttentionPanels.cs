namespace Reflexion.LanguageModels;

/// <summary>The heads of a matrix packed for tiles, in one or both directions.</summary>
internal unsafe struct AttentionPanels<T>
    where T : unmanaged
{
    public Matrix<T> Source;
    public int Heads;
    public int HeadSize;

    /// <summary>Tokens across, the head's numbers along: for products with other tokens. Null: not wanted.</summary>
    public T* Rows;

    /// <summary>The head's numbers across, tokens along: for sums over tokens. Null: not wanted.</summary>
    public T* Columns;

    /// <summary>Numbers from a panel of tokens to the next.</summary>
    public nint RowPanelSize;

    /// <summary>Numbers from a panel of a head's numbers to the next.</summary>
    public nint ColumnPanelSize;

    /// <summary>Numbers from one head's panels of tokens to the next's.</summary>
    public nint RowHeadSize;

    /// <summary>Numbers from one head's panels of its numbers to the next's.</summary>
    public nint ColumnHeadSize;
}
