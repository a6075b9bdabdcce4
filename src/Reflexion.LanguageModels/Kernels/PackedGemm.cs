using System.Numerics;
using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Matrix products in blocks: slabs of k; A packed once for a group of slabs; panels of B packed by the part that needs them.</summary>
/// <typeparam name="T">The numbers.</typeparam>
/// <typeparam name="TTile">The innermost block.</typeparam>
internal static unsafe class PackedGemm<T, TTile>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TTile : ITile<T>
{
    // A slab's panel of A and a stretch of its panel of B share the first cache.
    private const int MostDepth = 384;

    // Numbers of A packed at a time: the second cache holds them.
    private const int MostPacked = 1 << 18;
    private const int DepthBlock = 16;
    private const int MostSlabs = 64;
    private const int MostPanels = 4;
    private const int PanelsAtOnce = 4;

    // Rows of a panel of B that is used so few times are read where they lie.
    private const int MostUnpacked = 2;

    // Below this many multiplications, waking others costs more than it saves.
    private const long SmallWork = 30_000;

    public static void Multiply(WorkerPool pool, ReadOnlySpan<Product<T>> terms, Matrix<T> c, bool accumulate)
    {
        int deepest = 0;
        long depth = 0;
        foreach (Product<T> term in terms)
        {
            deepest = Math.Max(deepest, term.A.Columns);
            depth += term.A.Columns;
        }

        if (depth == 0)
        {
            Clear(c, accumulate);
            return;
        }

        int slabDepth = StepOf(deepest);
        int rows = Math.Min(c.Rows, Math.Max(1, MostPacked / (int)PanelSize(slabDepth)) * TTile.Rows);
        long panelRow = Math.Min(MostSlabs * PanelSize(slabDepth), (TTile.Rows * depth) + (MostSlabs * Padding));
        long packed = Math.Max(Panels(rows, TTile.Rows) * PanelSize(slabDepth), Math.Min(Panels(rows, TTile.Rows) * panelRow, MostPacked));
        long scratch = (TTile.Columns * (long)slabDepth) + Padding;
        NativeBuffer<byte> buffer = pool.Rent((packed + Padding + (pool.Threads * (scratch + Padding))) * sizeof(T));
        var slabs = stackalloc GemmSlab<T>[MostSlabs];
        fixed (Product<T>* first = terms)
        {
            var job = new GemmJob<T>
            {
                Terms = first,
                Slabs = slabs,
                PackedA = (T*)buffer.Pointer,
                Scratch = (T*)buffer.Pointer + RoundUp(packed, Padding),
                ScratchSize = RoundUp(scratch, Padding),
            };
            for (int row = 0; row < c.Rows; row += rows)
            {
                job.FirstRow = row;
                job.Rows = Math.Min(rows, c.Rows - row);
                job.C = c.Pointer + ((long)row * c.Stride);
                job.Stride = c.Stride;
                job.Columns = c.Columns;
                job.Accumulate = accumulate;
                MultiplyRows(pool, &job, terms.Length, packed, pool.Threads > 1 && (long)job.Rows * c.Columns * depth > SmallWork);
            }
        }

        pool.Return(buffer);
    }

    private const int Padding = 64;

    private static long RoundUp(long value, int step) => (value + step - 1) / step * step;

    private static int Panels(int count, int width) => (count + width - 1) / width;

    // Packing may write a part of a vector more.
    private static nint PanelSize(int depth) => ((nint)TTile.Rows * depth) + Padding;

    private static void Clear(Matrix<T> c, bool accumulate)
    {
        for (int row = 0; row < c.Rows && !accumulate; row++)
        {
            new Span<T>(c.Pointer + ((long)row * c.Stride), c.Columns).Clear();
        }
    }

    private static void MultiplyRows(WorkerPool pool, GemmJob<T>* job, int terms, long room, bool isShared)
    {
        int panels = Panels(job->Rows, TTile.Rows);
        long used = 0;
        job->SlabCount = 0;
        for (int term = 0; term < terms; term++)
        {
            int depth = job->Terms[term].A.Columns;
            if (depth == 0)
            {
                continue;
            }

            int step = StepOf(depth);
            for (int k = 0; k < depth; k += step)
            {
                int slab = Math.Min(step, depth - k);
                if (job->SlabCount == MostSlabs || (job->SlabCount > 0 && used + (panels * PanelSize(slab)) > room))
                {
                    RunSlabs(pool, job, isShared);
                    used = 0;
                }

                job->Slabs[job->SlabCount++] = new GemmSlab<T> { Term = term, Start = k, Depth = slab, PackedA = job->PackedA + used };
                used += panels * PanelSize(slab);
            }
        }

        RunSlabs(pool, job, isShared);
    }

    /// <summary>A depth in equal steps, each but the last of whole blocks for packing.</summary>
    private static int StepOf(int depth) => (int)RoundUp(Panels(depth, Panels(depth, MostDepth)), DepthBlock);

    private static void RunSlabs(WorkerPool pool, GemmJob<T>* job, bool isShared)
    {
        int threads = isShared ? pool.Threads : 1;
        int rowPanels = Panels(job->Rows, TTile.Rows);
        int columnPanels = Panels(job->Columns, TTile.Columns);
        job->RowPanelsAPart = Panels(rowPanels, 4 * threads);
        Run(pool, &PackA, job, Panels(rowPanels, job->RowPanelsAPart), isShared);

        job->ColumnPanelsAPart = Math.Clamp(columnPanels / (4 * threads), 1, MostPanels);
        int columnParts = Panels(columnPanels, job->ColumnPanelsAPart);
        int rowParts = columnParts >= 3 * threads ? 1 : Math.Min(Panels(rowPanels, 4), Panels(4 * threads, columnParts));
        job->RowPanelsAPart = Panels(rowPanels, rowParts);
        job->RowParts = Panels(rowPanels, job->RowPanelsAPart);
        Run(pool, &MultiplyPart, job, job->RowParts * columnParts, isShared);
        job->SlabCount = 0;
        job->Accumulate = true;
    }

    private static void Run(WorkerPool pool, delegate*<void*, int, int, void> action, GemmJob<T>* job, int parts, bool isShared)
    {
        if (isShared)
        {
            pool.Run(action, job, parts);
            return;
        }

        for (int part = 0; part < parts; part++)
        {
            action(job, part, 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackA(void* state, int part, int worker)
    {
        var job = (GemmJob<T>*)state;
        int end = Math.Min((part + 1) * job->RowPanelsAPart, Panels(job->Rows, TTile.Rows));
        for (int s = 0; s < job->SlabCount; s++)
        {
            GemmSlab<T> slab = job->Slabs[s];
            Matrix<T> a = job->Terms[slab.Term].A;
            int panel = part * job->RowPanelsAPart;
            int full = a.IsTransposed ? Math.Min(end, job->Rows / TTile.Rows) : 0;
            for (; panel < full; panel += PanelsAtOnce)
            {
                TTile.PackAcross(
                    a.At(job->FirstRow + (panel * TTile.Rows), slab.Start),
                    a.Stride,
                    Math.Min(PanelsAtOnce, full - panel),
                    PanelSize(slab.Depth),
                    slab.Depth,
                    slab.PackedA + (panel * PanelSize(slab.Depth)));
            }

            for (panel = Math.Max(full, part * job->RowPanelsAPart); panel < end; panel++)
            {
                int row = panel * TTile.Rows;
                TTile.Pack(
                    a.At(job->FirstRow + row, slab.Start),
                    !a.IsTransposed,
                    a.Stride,
                    Math.Min(TTile.Rows, job->Rows - row),
                    slab.Depth,
                    TTile.Rows,
                    slab.PackedA + (panel * PanelSize(slab.Depth)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyPart(void* state, int part, int worker)
    {
        var job = (GemmJob<T>*)state;
        int first = part / job->RowParts * job->ColumnPanelsAPart;
        int end = Math.Min(first + job->ColumnPanelsAPart, Panels(job->Columns, TTile.Columns));
        int firstRow = part % job->RowParts * job->RowPanelsAPart;
        int endRow = Math.Min(firstRow + job->RowPanelsAPart, Panels(job->Rows, TTile.Rows));
        T* edge = stackalloc T[TTile.Rows * TTile.Columns];
        for (int panel = first; panel < end; panel++)
        {
            int column = panel * TTile.Columns;
            int columns = Math.Min(TTile.Columns, job->Columns - column);
            bool accumulate = job->Accumulate;
            for (int s = 0; s < job->SlabCount; s++)
            {
                GemmSlab<T> slab = job->Slabs[s];
                Matrix<T> b = job->Terms[slab.Term].B;
                TilePanel<T> tiles = PackB(b, slab, column, columns, endRow - firstRow, job->Scratch + (worker * job->ScratchSize));
                var fetch = new FetchAhead<T>(b, slab.Start, slab.Depth, column + TTile.Columns, panel + 1 < end ? TTile.Columns : 0);
                nint panelSize = PanelSize(slab.Depth);
                for (int rowPanel = firstRow; rowPanel < endRow; rowPanel++)
                {
                    int row = rowPanel * TTile.Rows;
                    int rows = Math.Min(TTile.Rows, job->Rows - row);
                    T* a = slab.PackedA + (rowPanel * panelSize);
                    T* c = job->C + (row * job->Stride) + column;
                    fetch.Next(&tiles);
                    if (rows == TTile.Rows && columns == TTile.Columns)
                    {
                        TTile.Multiply(&tiles, rows, a, c, job->Stride, accumulate);
                    }
                    else
                    {
                        TTile.Multiply(&tiles, rows, a, edge, TTile.Columns, accumulate: false);
                        CopyEdge(edge, c, job->Stride, rows, columns, accumulate);
                    }
                }

                accumulate = true;
            }
        }
    }

    private static TilePanel<T> PackB(Matrix<T> b, GemmSlab<T> slab, int column, int columns, int rowPanels, T* room)
    {
        T* source = b.At(slab.Start, column);
        if (!b.IsTransposed && columns == TTile.Columns && rowPanels <= MostUnpacked)
        {
            return new TilePanel<T> { Depth = slab.Depth, B = source, Step = b.Stride, Ahead = source };
        }

        TTile.Pack(source, b.IsTransposed, b.Stride, columns, slab.Depth, TTile.Columns, room);
        return new TilePanel<T> { Depth = slab.Depth, B = room, Step = TTile.Columns, Ahead = room };
    }

    private static void CopyEdge(T* edge, T* c, nint stride, int rows, int columns, bool accumulate)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                c[j] = accumulate ? c[j] + edge[j] : edge[j];
            }

            edge += TTile.Columns;
            c += stride;
        }
    }
}
