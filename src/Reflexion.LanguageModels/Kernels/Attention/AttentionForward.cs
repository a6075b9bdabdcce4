using System.Numerics;
using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>The forward pass: a part is a tile of queries of one head.</summary>
internal static unsafe class AttentionForward<TVector, T, TSimd, TTile>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TSimd : ISimd<TVector, T>
    where TTile : ITile<T>
{
    public static void Run(WorkerPool pool, AttentionJob<T>* job)
    {
        AttentionShape shape = job->Shape;
        job->KeyPanels = AttentionTiles<TVector, T, TSimd, TTile>.Measure(job->Keys, shape.KeyValueHeads, shape.HeadSize);
        job->ValuePanels = AttentionTiles<TVector, T, TSimd, TTile>.Measure(job->Values, shape.KeyValueHeads, shape.HeadSize);
        int mask = AttentionTiles<TVector, T, TSimd, TTile>.MaskSize;
        job->ScratchSize = (shape.HeadSize * TTile.Columns) + AttentionTiles<TVector, T, TSimd, TTile>.TileSize
            + AttentionTiles<TVector, T, TSimd, TTile>.SumSize(shape.HeadSize) + (4 * TTile.Columns);
        long size = mask + (pool.Threads * job->ScratchSize) + ((job->KeyPanels.RowHeadSize + job->ValuePanels.ColumnHeadSize) * shape.KeyValueHeads);
        NativeBuffer<byte> buffer = pool.Rent(size * sizeof(T));
        job->Mask = (T*)buffer.Pointer;
        AttentionTiles<TVector, T, TSimd, TTile>.FillMask(job->Mask);
        job->Scratch = job->Mask + mask;
        T* room = job->Scratch + (pool.Threads * job->ScratchSize);
        room = AttentionTiles<TVector, T, TSimd, TTile>.Place(&job->KeyPanels, room, rows: true, columns: false);
        AttentionTiles<TVector, T, TSimd, TTile>.Place(&job->ValuePanels, room, rows: false, columns: true);
        AttentionTiles<TVector, T, TSimd, TTile>.Pack(pool, &job->KeyPanels);
        AttentionTiles<TVector, T, TSimd, TTile>.Pack(pool, &job->ValuePanels);
        pool.Run(&RunPart, job, AttentionTiles<TVector, T, TSimd, TTile>.QueryTiles(job) * shape.Heads);
        pool.Return(buffer);
    }

    private static void RunPart(void* state, int part, int worker)
    {
        var job = (AttentionJob<T>*)state;
        AttentionShape shape = job->Shape;
        int head = part % shape.Heads;
        AttentionSegment segment = AttentionTiles<TVector, T, TSimd, TTile>.Find(job, part / shape.Heads, out int first);
        int count = Math.Min(TTile.Columns, segment.QueryCount - first);
        T* queries = job->Scratch + (worker * job->ScratchSize);
        var tile = new Tile
        {
            Job = job,
            Head = head / shape.Group,
            Queries = queries,
            Products = queries + (shape.HeadSize * TTile.Columns),
        };
        tile.Sum = tile.Products + AttentionTiles<TVector, T, TSimd, TTile>.TileSize;
        tile.Largest = tile.Sum + AttentionTiles<TVector, T, TSimd, TTile>.SumSize(shape.HeadSize);
        tile.Total = tile.Largest + TTile.Columns;
        new Span<T>(tile.Largest, TTile.Columns).Fill(T.NegativeInfinity);
        new Span<T>(tile.Total, TTile.Columns).Clear();
        AttentionTiles<TVector, T, TSimd, TTile>.PackColumns(
            job->Queries, segment.QueryStart + first, head * shape.HeadSize, count, shape.HeadSize, T.CreateChecked(shape.Scale), queries);

        AttendTo(&tile, segment.PrefixStart, segment.PrefixStart + segment.PrefixCount, int.MaxValue);
        int seen = first + segment.Offset;
        AttendTo(&tile, segment.KeyStart, segment.KeyStart + Math.Min(segment.KeyCount, seen + count), segment.KeyStart + seen);
        Finish(&tile, segment.QueryStart + first, count, head);
    }

    /// <summary>Takes keys start .. end − 1 in; lane c sees those up to lastSeen + c.</summary>
    private static void AttendTo(Tile* tile, int start, int end, int lastSeen)
    {
        int rows = AttentionTiles<TVector, T, TSimd, TTile>.TileRows;
        AttentionJob<T>* job = tile->Job;
        for (int key = start / TTile.Rows * TTile.Rows; key < end; key += rows)
        {
            int skipped = Math.Max(0, start - key);
            int count = Math.Min(rows, end - key);
            AttentionTiles<TVector, T, TSimd, TTile>.Products(&job->KeyPanels, tile->Head, key / TTile.Rows, count, tile->Queries, tile->Products);
            T* products = tile->Products + (skipped * TTile.Columns);
            for (int row = Math.Max(skipped, lastSeen == int.MaxValue ? count : lastSeen - key + 1); row < count; row++)
            {
                Mask(tile->Products + (row * TTile.Columns), AttentionTiles<TVector, T, TSimd, TTile>.ShutBefore(job->Mask, key + row - lastSeen));
            }

            Exponentiate(tile, products, count - skipped);
            AttentionTiles<TVector, T, TSimd, TTile>.AddWeighted(
                &job->ValuePanels, tile->Head, key + skipped, count - skipped, products, tile->Sum, tile->HasSum);
            tile->HasSum = true;
        }
    }

    private static void Mask(T* row, T* mask)
    {
        TSimd.Store(TSimd.Add(TSimd.Load(row), TSimd.Load(mask)), row);
        TSimd.Store(TSimd.Add(TSimd.Load(row + TSimd.Width), TSimd.Load(mask + TSimd.Width)), row + TSimd.Width);
    }

    /// <summary>Products become exponentials of what they are below the largest so far; what was summed with a smaller one is scaled down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Exponentiate(Tile* tile, T* products, int count)
    {
        TVector oldLeft = TSimd.Load(tile->Largest);
        TVector oldRight = TSimd.Load(tile->Largest + TSimd.Width);
        TVector left = oldLeft;
        TVector right = oldRight;
        for (int i = 0; i < count; i++)
        {
            left = TSimd.Max(left, TSimd.Load(products + (i * TTile.Columns)));
            right = TSimd.Max(right, TSimd.Load(products + (i * TTile.Columns) + TSimd.Width));
        }

        TVector leftTotal = default;
        TVector rightTotal = default;
        for (int i = 0; i < count; i++)
        {
            T* row = products + (i * TTile.Columns);
            TVector p = TSimd.Exp(TSimd.Subtract(TSimd.Load(row), left));
            TVector q = TSimd.Exp(TSimd.Subtract(TSimd.Load(row + TSimd.Width), right));
            leftTotal = TSimd.Add(leftTotal, p);
            rightTotal = TSimd.Add(rightTotal, q);
            TSimd.Store(p, row);
            TSimd.Store(q, row + TSimd.Width);
        }

        if (tile->HasSum)
        {
            TVector leftKept = TSimd.Exp(TSimd.Subtract(oldLeft, left));
            TVector rightKept = TSimd.Exp(TSimd.Subtract(oldRight, right));
            leftTotal = TSimd.MultiplyAdd(leftKept, TSimd.Load(tile->Total), leftTotal);
            rightTotal = TSimd.MultiplyAdd(rightKept, TSimd.Load(tile->Total + TSimd.Width), rightTotal);
            AttentionTiles<TVector, T, TSimd, TTile>.Scale(tile->Sum, tile->Job->Shape.HeadSize, leftKept, rightKept);
        }

        TSimd.Store(left, tile->Largest);
        TSimd.Store(right, tile->Largest + TSimd.Width);
        TSimd.Store(leftTotal, tile->Total);
        TSimd.Store(rightTotal, tile->Total + TSimd.Width);
    }

    private static void Finish(Tile* tile, int row, int count, int head)
    {
        AttentionJob<T>* job = tile->Job;
        int size = job->Shape.HeadSize;
        TVector one = TSimd.Broadcast(T.One);
        AttentionTiles<TVector, T, TSimd, TTile>.Scale(
            tile->Sum, size, TSimd.Divide(one, TSimd.Load(tile->Total)), TSimd.Divide(one, TSimd.Load(tile->Total + TSimd.Width)));
        AttentionTiles<TVector, T, TSimd, TTile>.StoreTransposed(tile->Sum, size, count, job->Output, row, head * size);
        for (int c = 0; job->LogSums != null && c < count; c++)
        {
            job->LogSums[((long)head * job->Queries.Rows) + row + c] = tile->Largest[c] + T.Log(tile->Total[c]);
        }
    }

    private struct Tile
    {
        public AttentionJob<T>* Job;

        /// <summary>The head of keys and values.</summary>
        public int Head;
        public T* Queries;
        public T* Products;
        public T* Sum;
        public T* Largest;
        public T* Total;
        public bool HasSum;
    }
}
