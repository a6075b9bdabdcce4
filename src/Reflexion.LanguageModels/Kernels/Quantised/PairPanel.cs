namespace Reflexion.LanguageModels;

/// <summary>Sixteen rows of weights for kernels of pairs, or a stretch of them along the inputs.</summary>
internal unsafe struct PairPanel
{
    /// <summary>The numbers, in the order of some <see cref="IPairFormat"/>.</summary>
    public byte* Numbers;

    /// <summary>Sixteen scales for each group.</summary>
    public float* Scales;

    /// <summary>Sixteen offsets for each group, or null.</summary>
    public float* Offsets;

    /// <summary>How many groups of inputs there are.</summary>
    public int Groups;

    /// <summary>Fours of pairs in a group.</summary>
    public int Fours;

    /// <summary>What 4-bit indices stand for.</summary>
    public sbyte* Table;
}
