namespace Reflexion.LanguageModels;

/// <summary>Memory that is taken when first needed, kept for the next use, and replaced when a larger piece is asked for.</summary>
internal sealed unsafe class GrowingBuffer<T> : IDisposable
    where T : unmanaged
{
    private NativeBuffer<T>? _buffer;

    /// <summary>At least <paramref name="length"/> numbers; what was in them is lost when the buffer grows.</summary>
    public T* Take(long length)
    {
        if (_buffer is null || _buffer.Length < length)
        {
            _buffer?.Dispose();
            _buffer = new(length);
        }

        return _buffer.Pointer;
    }

    public Matrix<T> Take(int rows, int columns) => new(Take((long)rows * columns), rows, columns);

    public void Dispose() => _buffer?.Dispose();
}
