namespace Reflexion.LanguageModels;

/// <summary>Spreads the fetching of the next panel of B over the tiles of the one before.</summary>
internal unsafe struct FetchAhead<T>
    where T : unmanaged
{
    private readonly bool _isAlong;
    private readonly nint _stride;
    private readonly nint _line;
    private readonly int _depth;
    private readonly T* _end;
    private T* _next;

    /// <param name="b">The right factor.</param>
    /// <param name="start">The first k.</param>
    /// <param name="depth">How many k.</param>
    /// <param name="column">The first column of the next panel.</param>
    /// <param name="columns">Its columns; none: nothing to fetch.</param>
    public FetchAhead(Matrix<T> b, int start, int depth, int column, int columns)
    {
        _isAlong = b.IsTransposed;
        _stride = b.Stride;
        _depth = depth;
        _line = 64 / sizeof(T);
        if (columns > 0)
        {
            // Whole stored rows: the following slabs of the panel need the rest of them.
            _next = _isAlong ? b.At(0, column) : b.At(start, column);
            _end = _isAlong ? b.At(0, column) + (columns * _stride) : _next + columns;
        }
    }

    /// <summary>Gives the next tile its share.</summary>
    public void Next(TilePanel<T>* tile)
    {
        if (_next >= _end)
        {
            tile->Ahead = tile->B;
            tile->AheadStep = 0;
            return;
        }

        tile->Ahead = _next;
        tile->AheadStep = _isAlong ? _line : _stride;
        _next += _isAlong ? _depth * _line : _line;
    }
}
