namespace Reflexion.LanguageModels;

/// <summary>How the numbers of a block are stored together.</summary>
internal unsafe interface IBlockFormat
{
    /// <summary>Numbers in a block.</summary>
    static abstract int Count { get; }

    /// <summary>Bytes of a block.</summary>
    static abstract int Bytes { get; }

    /// <summary>Writes the block's <see cref="Count"/> numbers.</summary>
    static abstract void Decode<TLanes>(byte* block, float* to)
        where TLanes : ILanes;
}
