using System.Buffers;

namespace Reflexion.LanguageModels;

/// <summary>Floats outside the collected heap as memory, for writing; they must outlive it.</summary>
internal sealed unsafe class NativeFloats(float* start, int length) : MemoryManager<float>
{
    public override Span<float> GetSpan() => new(start, length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
