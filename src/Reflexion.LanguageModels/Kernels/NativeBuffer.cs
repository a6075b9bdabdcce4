using System.Runtime.InteropServices;

namespace Reflexion.LanguageModels;

/// <summary>Memory outside the collected heap, aligned to a cache line, zeroed. Large pieces take memory only where they are touched.</summary>
internal sealed unsafe class NativeBuffer<T> : IDisposable
    where T : unmanaged
{
    private const int Alignment = 64;

    private void* _allocation;

    public NativeBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        nuint bytes = checked(((nuint)length * (nuint)sizeof(T)) + Alignment);
        _allocation = NativeMemory.AllocZeroed(bytes);
        Pointer = (T*)(((nuint)_allocation + Alignment - 1) & ~(nuint)(Alignment - 1));
    }

    ~NativeBuffer() => Free();

    public T* Pointer { get; private set; }

    public long Length { get; }

    public Span<T> Span => new(Pointer, checked((int)Length));

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.Free(_allocation);
        _allocation = null;
        Pointer = null;
    }
}
