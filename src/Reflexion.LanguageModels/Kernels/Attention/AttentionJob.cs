namespace Reflexion.LanguageModels;

/// <summary>What the parts of an attention pass share.</summary>
internal unsafe struct AttentionJob<T>
    where T : unmanaged
{
    public AttentionShape Shape;
    public AttentionSegment* Segments;
    public int SegmentCount;
    public Matrix<T> Queries;
    public Matrix<T> Keys;
    public Matrix<T> Values;
    public Matrix<T> Output;
    public Matrix<T> OutputGradient;
    public Matrix<T> QueryGradient;
    public Matrix<T> KeyGradient;
    public Matrix<T> ValueGradient;

    /// <summary>log Σ exp of each query's scaled products: [heads, queries].</summary>
    public T* LogSums;

    /// <summary>Σ output · its gradient over a head: [heads, queries].</summary>
    public T* Deltas;

    public AttentionPanels<T> KeyPanels;
    public AttentionPanels<T> ValuePanels;
    public AttentionPanels<T> QueryPanels;
    public AttentionPanels<T> GradientPanels;

    /// <summary>A vector's worth and more of −∞, then of 0, then of −∞: loaded at an offset, it masks the lanes on one side.</summary>
    public T* Mask;

    /// <summary>Each worker's room.</summary>
    public T* Scratch;
    public long ScratchSize;
}
