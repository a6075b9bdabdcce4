using System.Numerics;
using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>What the forward and backward passes of attention have in common.</summary>
/// <remarks>
/// A tile's columns are queries (or keys, for their gradients), each a lane; its rows run over what the columns attend to. So maxima, sums and masks go
/// down the lanes, and what the exponential leaves is already in the order in which the next product reads it.
/// </remarks>
internal static unsafe class AttentionTiles<TVector, T, TSimd, TTile>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TSimd : ISimd<TVector, T>
    where TTile : ITile<T>
{
    private const int Padding = 64;

    /// <summary>Rows of a tile: whole panels, few enough that a tile stays in the first cache.</summary>
    public static int TileRows => 48 / TTile.Rows * TTile.Rows;

    /// <summary>Numbers of one tile.</summary>
    public static int TileSize => TileRows * TTile.Columns;

    /// <summary>Numbers of a sum that has a row for each number of a head.</summary>
    public static int SumSize(int headSize) => Panels(headSize, TTile.Rows) * TTile.Rows * TTile.Columns;

    public static int Panels(int count, int width) => (count + width - 1) / width;

    /// <summary>Room for the packed heads of a matrix; their addresses are set by <see cref="Place"/>.</summary>
    public static AttentionPanels<T> Measure(Matrix<T> source, int heads, int headSize)
    {
        nint rowPanel = (TTile.Rows * headSize) + Padding;
        nint columnPanel = ((nint)TTile.Rows * source.Rows) + Padding;
        return new AttentionPanels<T>
        {
            Source = source,
            Heads = heads,
            HeadSize = headSize,
            RowPanelSize = rowPanel,
            ColumnPanelSize = columnPanel,
            RowHeadSize = rowPanel * Panels(source.Rows, TTile.Rows),
            ColumnHeadSize = columnPanel * Panels(headSize, TTile.Rows),
        };
    }

    /// <summary>Takes room for the directions wanted and returns what follows it.</summary>
    public static T* Place(AttentionPanels<T>* panels, T* room, bool rows, bool columns)
    {
        if (rows)
        {
            panels->Rows = room;
            room += panels->RowHeadSize * panels->Heads;
        }

        if (columns)
        {
            panels->Columns = room;
            room += panels->ColumnHeadSize * panels->Heads;
        }

        return room;
    }

    /// <summary>Packs all heads of a matrix.</summary>
    public static void Pack(WorkerPool pool, AttentionPanels<T>* panels) => pool.Run(&PackHead, panels, 2 * panels->Heads);

    /// <summary>Fills the mask: see <see cref="AttentionJob{T}.Mask"/>.</summary>
    public static void FillMask(T* mask)
    {
        new Span<T>(mask, MaskSize).Fill(T.NegativeInfinity);
        new Span<T>(mask + TTile.Columns, TTile.Columns).Clear();
    }

    /// <summary>Numbers of the mask.</summary>
    public static int MaskSize => 3 * TTile.Columns;

    /// <summary>Where to load the mask from so that lanes before <paramref name="first"/> are shut.</summary>
    public static T* ShutBefore(T* mask, int first) => mask + TTile.Columns - Math.Clamp(first, 0, TTile.Columns);

    /// <summary>Where to load the mask from so that lanes from <paramref name="end"/> on are shut.</summary>
    public static T* ShutFrom(T* mask, int end) => mask + TTile.Columns + (TTile.Columns - Math.Clamp(end, 0, TTile.Columns));

    /// <summary>Packs tokens as a tile's columns, times a factor.</summary>
    public static void PackColumns(Matrix<T> source, int row, int column, int count, int headSize, T factor, T* destination)
    {
        TTile.Pack(source.At(row, column), isAlong: true, source.Stride, count, headSize, TTile.Columns, destination);
        if (factor != T.One)
        {
            Scale(destination, headSize, TSimd.Broadcast(factor), TSimd.Broadcast(factor));
        }
    }

    /// <summary>tile = rows · columns: products of packed tokens from <paramref name="panel"/> on with the packed columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Products(AttentionPanels<T>* panels, int head, int panel, int count, T* columns, T* tile)
    {
        var panelB = new TilePanel<T> { Depth = panels->HeadSize, B = columns, Step = TTile.Columns, Ahead = columns };
        T* a = panels->Rows + (head * panels->RowHeadSize) + (panel * panels->RowPanelSize);
        for (int row = 0; row < count; row += TTile.Rows)
        {
            TTile.Multiply(&panelB, TTile.Rows, a, tile, TTile.Columns, accumulate: false);
            a += panels->RowPanelSize;
            tile += TTile.Rows * TTile.Columns;
        }
    }

    /// <summary>sum (+)= headᵀ · tile: the tile's rows weigh the tokens from <paramref name="token"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddWeighted(AttentionPanels<T>* panels, int head, int token, int count, T* tile, T* sum, bool accumulate)
    {
        var panelB = new TilePanel<T> { Depth = count, B = tile, Step = TTile.Columns, Ahead = tile };
        T* a = panels->Columns + (head * panels->ColumnHeadSize) + ((nint)token * TTile.Rows);
        for (int d = 0; d < panels->HeadSize; d += TTile.Rows)
        {
            TTile.Multiply(&panelB, Math.Min(TTile.Rows, panels->HeadSize - d), a, sum, TTile.Columns, accumulate);
            a += panels->ColumnPanelSize;
            sum += TTile.Rows * TTile.Columns;
        }
    }

    /// <summary>Multiplies each row by two vectors, lane for lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(T* rows, int count, TVector left, TVector right)
    {
        for (int i = 0; i < count; i++)
        {
            TSimd.Store(TSimd.Multiply(TSimd.Load(rows), left), rows);
            TSimd.Store(TSimd.Multiply(TSimd.Load(rows + TSimd.Width), right), rows + TSimd.Width);
            rows += TTile.Columns;
        }
    }

    /// <summary>Writes a sum with a row for each number of a head to the tokens it belongs to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreTransposed(T* sum, int headSize, int count, Matrix<T> destination, int row, int column)
    {
        T** rows = stackalloc T*[TSimd.Width];
        for (int d = 0; d < headSize; d += TSimd.Width)
        {
            bool isWhole = d + TSimd.Width <= headSize;
            for (int i = 0; isWhole && i < TSimd.Width; i++)
            {
                rows[i] = sum + ((d + i) * TTile.Columns);
            }

            int c = 0;
            for (; isWhole && c + TSimd.Width <= count; c += TSimd.Width)
            {
                TSimd.Transpose(rows, c, destination.At(row + c, column + d), destination.Stride);
            }

            int end = Math.Min(d + TSimd.Width, headSize);
            for (; c < count; c++)
            {
                T* to = destination.At(row + c, column);
                for (int i = d; i < end; i++)
                {
                    to[i] = sum[(i * TTile.Columns) + c];
                }
            }
        }
    }

    /// <summary>Tiles of columns that a segment's queries take.</summary>
    public static int QueryTiles(AttentionJob<T>* job)
    {
        int tiles = 0;
        for (int i = 0; i < job->SegmentCount; i++)
        {
            tiles += Panels(job->Segments[i].QueryCount, TTile.Columns);
        }

        return tiles;
    }

    /// <summary>The segment of a tile of queries, and the tile's first query in it.</summary>
    public static AttentionSegment Find(AttentionJob<T>* job, int tile, out int first)
    {
        int segment = 0;
        for (int tiles; tile >= (tiles = Panels(job->Segments[segment].QueryCount, TTile.Columns)); segment++)
        {
            tile -= tiles;
        }

        first = tile * TTile.Columns;
        return job->Segments[segment];
    }

    private static void PackHead(void* state, int part)
    {
        var panels = (AttentionPanels<T>*)state;
        int head = part / 2;
        Matrix<T> source = panels->Source;
        if (part % 2 == 0 && panels->Rows != null)
        {
            T* to = panels->Rows + (head * panels->RowHeadSize);
            for (int row = 0; row < source.Rows; row += TTile.Rows)
            {
                TTile.Pack(
                    source.At(row, head * panels->HeadSize), isAlong: true, source.Stride, Math.Min(TTile.Rows, source.Rows - row), panels->HeadSize, TTile.Rows, to);
                to += panels->RowPanelSize;
            }
        }
        else if (part % 2 == 1 && panels->Columns != null && source.Rows > 0)
        {
            T* to = panels->Columns + (head * panels->ColumnHeadSize);
            for (int d = 0; d < panels->HeadSize; d += TTile.Rows)
            {
                TTile.Pack(
                    source.At(0, (head * panels->HeadSize) + d), isAlong: false, source.Stride, Math.Min(TTile.Rows, panels->HeadSize - d), source.Rows, TTile.Rows, to);
                to += panels->ColumnPanelSize;
            }
        }
    }
}
