namespace Reflexion.LanguageModels;

/// <summary>A stretch of k in one term of a sum of products.</summary>
internal unsafe struct GemmSlab<T>
    where T : unmanaged
{
    public int Term;
    public int Start;
    public int Depth;

    /// <summary>The panels of A for it.</summary>
    public T* PackedA;
}
