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

    // Numbers of A packed at a time: the last-level cache holds them.
    private const int MostPacked = 1 << 21;
    private const int MostSlabs = 64;
    private const int MostPanels = 4;

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

        int slabDepth = Math.Min(deepest, MostDepth);
        int rows = Math.Min(c.Rows, Math.Max(TTile.Rows, MostPacked / slabDepth / TTile.Rows * TTile.Rows));
        long packed = Math.Max((long)Panels(rows, TTile.Rows) * TTile.Rows * slabDepth, Math.Min(Panels(rows, TTile.Rows) * TTile.Rows * depth, MostPacked));
        long scratch = (long)MostPanels * TTile.Columns * slabDepth;
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

    private static void Clear(Matrix<T> c, bool accumulate)
    {
        for (int row = 0; row < c.Rows && !accumulate; row++)
        {
            new Span<T>(c.Pointer + ((long)row * c.Stride), c.Columns).Clear();
        }
    }

    private static void MultiplyRows(WorkerPool pool, GemmJob<T>* job, int terms, long room, bool isShared)
    {
        long panelRows = (long)Panels(job->Rows, TTile.Rows) * TTile.Rows;
        long used = 0;
        job->SlabCount = 0;
        for (int term = 0; term < terms; term++)
        {
            int depth = job->Terms[term].A.Columns;
            if (depth == 0)
            {
                continue;
            }

            int step = Panels(depth, Panels(depth, MostDepth));
            for (int k = 0; k < depth; k += step)
            {
                int slab = Math.Min(step, depth - k);
                if (job->SlabCount == MostSlabs || (job->SlabCount > 0 && used + (panelRows * slab) > room))
                {
                    RunSlabs(pool, job, isShared);
                    used = 0;
                }

                job->Slabs[job->SlabCount++] = new GemmSlab<T> { Term = term, Start = k, Depth = slab, PackedA = job->PackedA + used };
                used += panelRows * slab;
            }
        }

        RunSlabs(pool, job, isShared);
    }

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
            nint across = a.IsTransposed ? 1 : a.Stride;
            nint along = a.IsTransposed ? a.Stride : 1;
            for (int panel = part * job->RowPanelsAPart; panel < end; panel++)
            {
                int row = panel * TTile.Rows;
                Packing.Pack(
                    a.Pointer + ((job->FirstRow + row) * across) + (slab.Start * along),
                    across,
                    along,
                    Math.Min(TTile.Rows, job->Rows - row),
                    slab.Depth,
                    TTile.Rows,
                    slab.PackedA + ((nint)row * slab.Depth));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyPart(void* state, int part, int worker)
    {
        var job = (GemmJob<T>*)state;
        int firstColumn = part / job->RowParts * job->ColumnPanelsAPart;
        int endColumn = Math.Min(firstColumn + job->ColumnPanelsAPart, Panels(job->Columns, TTile.Columns));
        int firstRow = part % job->RowParts * job->RowPanelsAPart;
        int endRow = Math.Min(firstRow + job->RowPanelsAPart, Panels(job->Rows, TTile.Rows));
        T* packedB = job->Scratch + (worker * job->ScratchSize);
        T* edge = stackalloc T[TTile.Rows * TTile.Columns];
        bool accumulate = job->Accumulate;
        for (int s = 0; s < job->SlabCount; s++)
        {
            GemmSlab<T> slab = job->Slabs[s];
            nint panelSize = (nint)TTile.Columns * slab.Depth;
            Matrix<T> b = job->Terms[slab.Term].B;
            nint across = b.IsTransposed ? b.Stride : 1;
            nint along = b.IsTransposed ? 1 : b.Stride;
            for (int panel = firstColumn; panel < endColumn; panel++)
            {
                int column = panel * TTile.Columns;
                Packing.Pack(
                    b.Pointer + (column * across) + (slab.Start * along),
                    across,
                    along,
                    Math.Min(TTile.Columns, job->Columns - column),
                    slab.Depth,
                    TTile.Columns,
                    packedB + ((panel - firstColumn) * panelSize));
            }

            for (int rowPanel = firstRow; rowPanel < endRow; rowPanel++)
            {
                int row = rowPanel * TTile.Rows;
                T* a = slab.PackedA + ((nint)row * slab.Depth);
                for (int panel = firstColumn; panel < endColumn; panel++)
                {
                    int column = panel * TTile.Columns;
                    T* c = job->C + (row * job->Stride) + column;
                    T* panelB = packedB + ((panel - firstColumn) * panelSize);
                    if (row + TTile.Rows <= job->Rows && column + TTile.Columns <= job->Columns)
                    {
                        TTile.Multiply(slab.Depth, a, panelB, c, job->Stride, accumulate);
                    }
                    else
                    {
                        TTile.Multiply(slab.Depth, a, panelB, edge, TTile.Columns, accumulate: false);
                        CopyEdge(edge, c, job->Stride, Math.Min(TTile.Rows, job->Rows - row), Math.Min(TTile.Columns, job->Columns - column), accumulate);
                    }
                }
            }

            accumulate = true;
        }
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
