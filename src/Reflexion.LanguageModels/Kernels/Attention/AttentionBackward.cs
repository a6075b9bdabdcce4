using System.Numerics;
using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>The backward pass: first the gradients of queries, a part a tile of queries of one head; then those of keys and values, a part a tile of keys of one head.</summary>
/// <remarks>Products and probabilities are worked out twice, so that no part adds to another's gradient.</remarks>
internal static unsafe class AttentionBackward<TVector, T, TSimd, TTile>
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
        job->QueryPanels = AttentionTiles<TVector, T, TSimd, TTile>.Measure(job->Queries, shape.Heads, shape.HeadSize);
        job->GradientPanels = AttentionTiles<TVector, T, TSimd, TTile>.Measure(job->OutputGradient, shape.Heads, shape.HeadSize);
        int mask = AttentionTiles<TVector, T, TSimd, TTile>.MaskSize;
        long deltas = (long)shape.Heads * job->Queries.Rows;
        job->ScratchSize = 2 * ((shape.HeadSize * TTile.Columns) + AttentionTiles<TVector, T, TSimd, TTile>.TileSize
            + AttentionTiles<TVector, T, TSimd, TTile>.SumSize(shape.HeadSize) + TTile.Columns);
        long size = mask + deltas + (pool.Threads * job->ScratchSize)
            + ((job->KeyPanels.RowHeadSize + job->KeyPanels.ColumnHeadSize + job->ValuePanels.RowHeadSize) * shape.KeyValueHeads)
            + (2 * (job->QueryPanels.RowHeadSize + job->QueryPanels.ColumnHeadSize) * shape.Heads);
        NativeBuffer<byte> buffer = pool.Rent(size * sizeof(T));
        job->Mask = (T*)buffer.Pointer;
        AttentionTiles<TVector, T, TSimd, TTile>.FillMask(job->Mask);
        job->Scratch = job->Mask + mask;
        job->Deltas = job->Scratch + (pool.Threads * job->ScratchSize);
        T* room = job->Deltas + deltas;
        room = AttentionTiles<TVector, T, TSimd, TTile>.Place(&job->KeyPanels, room, rows: true, columns: true);
        room = AttentionTiles<TVector, T, TSimd, TTile>.Place(&job->ValuePanels, room, rows: true, columns: false);
        room = AttentionTiles<TVector, T, TSimd, TTile>.Place(&job->QueryPanels, room, rows: true, columns: true);
        AttentionTiles<TVector, T, TSimd, TTile>.Place(&job->GradientPanels, room, rows: true, columns: true);
        AttentionTiles<TVector, T, TSimd, TTile>.Pack(pool, &job->KeyPanels);
        AttentionTiles<TVector, T, TSimd, TTile>.Pack(pool, &job->ValuePanels);
        AttentionTiles<TVector, T, TSimd, TTile>.Pack(pool, &job->QueryPanels);
        AttentionTiles<TVector, T, TSimd, TTile>.Pack(pool, &job->GradientPanels);
        pool.Run(&WorkOutDeltas, job, job->Queries.Rows);
        pool.Run(&RunQueries, job, AttentionTiles<TVector, T, TSimd, TTile>.QueryTiles(job) * shape.Heads);
        pool.Run(&RunKeys, job, AttentionTiles<TVector, T, TSimd, TTile>.Panels(job->Keys.Rows, TTile.Columns) * shape.KeyValueHeads);
        pool.Return(buffer);
    }

    private static void WorkOutDeltas(void* state, int row)
    {
        var job = (AttentionJob<T>*)state;
        int size = job->Shape.HeadSize;
        for (int head = 0; head < job->Shape.Heads; head++)
        {
            T* output = job->Output.At(row, head * size);
            T* gradient = job->OutputGradient.At(row, head * size);
            TVector sum = default;
            for (int d = 0; d < size; d += TSimd.Width)
            {
                sum = TSimd.MultiplyAdd(Lanes<TVector, T, TSimd>.Load(output + d, size - d), Lanes<TVector, T, TSimd>.Load(gradient + d, size - d), sum);
            }

            job->Deltas[((long)head * job->Queries.Rows) + row] = TSimd.Sum(sum);
        }
    }

    private static Tile Begin(AttentionJob<T>* job, int worker)
    {
        int size = job->Shape.HeadSize;
        T* room = job->Scratch + (worker * job->ScratchSize);
        var tile = new Tile { Job = job, First = room, Second = room + (size * TTile.Columns) };
        tile.Probabilities = tile.Second + (size * TTile.Columns);
        tile.Gradients = tile.Probabilities + AttentionTiles<TVector, T, TSimd, TTile>.TileSize;
        tile.FirstSum = tile.Gradients + AttentionTiles<TVector, T, TSimd, TTile>.TileSize;
        tile.SecondSum = tile.FirstSum + AttentionTiles<TVector, T, TSimd, TTile>.SumSize(size);
        tile.LogSums = tile.SecondSum + AttentionTiles<TVector, T, TSimd, TTile>.SumSize(size);
        tile.Deltas = tile.LogSums + TTile.Columns;
        return tile;
    }

    private static void RunQueries(void* state, int part, int worker)
    {
        var job = (AttentionJob<T>*)state;
        AttentionShape shape = job->Shape;
        int size = shape.HeadSize;
        int head = part % shape.Heads;
        AttentionSegment segment = AttentionTiles<TVector, T, TSimd, TTile>.Find(job, part / shape.Heads, out int first);
        int count = Math.Min(TTile.Columns, segment.QueryCount - first);
        int row = segment.QueryStart + first;
        Tile tile = Begin(job, worker);
        for (int c = 0; c < TTile.Columns; c++)
        {
            long query = ((long)head * job->Queries.Rows) + row + Math.Min(c, count - 1);
            tile.LogSums[c] = job->LogSums[query];
            tile.Deltas[c] = job->Deltas[query];
        }

        T scale = T.CreateChecked(shape.Scale);
        AttentionTiles<TVector, T, TSimd, TTile>.PackColumns(job->Queries, row, head * size, count, size, scale, tile.First);
        AttentionTiles<TVector, T, TSimd, TTile>.PackColumns(job->OutputGradient, row, head * size, count, size, T.One, tile.Second);
        AddKeys(&tile, head / shape.Group, segment.PrefixStart, segment.PrefixStart + segment.PrefixCount, int.MaxValue);
        int seen = first + segment.Offset;
        AddKeys(&tile, head / shape.Group, segment.KeyStart, segment.KeyStart + Math.Min(segment.KeyCount, seen + count), segment.KeyStart + seen);
        AttentionTiles<TVector, T, TSimd, TTile>.Scale(tile.FirstSum, size, TSimd.Broadcast(scale), TSimd.Broadcast(scale));
        AttentionTiles<TVector, T, TSimd, TTile>.StoreTransposed(tile.FirstSum, size, count, job->QueryGradient, row, head * size);
    }

    /// <summary>Adds what keys start .. end − 1 give to the gradients of a tile of queries; lane c sees those up to lastSeen + c.</summary>
    private static void AddKeys(Tile* tile, int head, int start, int end, int lastSeen)
    {
        AttentionJob<T>* job = tile->Job;
        int rows = AttentionTiles<TVector, T, TSimd, TTile>.TileRows;
        for (int key = start / TTile.Rows * TTile.Rows; key < end; key += rows)
        {
            int skipped = Math.Max(0, start - key);
            int count = Math.Min(rows, end - key);
            AttentionTiles<TVector, T, TSimd, TTile>.Products(&job->KeyPanels, head, key / TTile.Rows, count, tile->First, tile->Probabilities);
            AttentionTiles<TVector, T, TSimd, TTile>.Products(&job->ValuePanels, head, key / TTile.Rows, count, tile->Second, tile->Gradients);
            for (int row = skipped; row < count; row++)
            {
                T* mask = AttentionTiles<TVector, T, TSimd, TTile>.ShutBefore(job->Mask, lastSeen == int.MaxValue ? 0 : key + row - lastSeen);
                QueryRow(tile, row * TTile.Columns, mask);
            }

            AttentionTiles<TVector, T, TSimd, TTile>.AddWeighted(
                &job->KeyPanels, head, key + skipped, count - skipped, tile->Gradients + (skipped * TTile.Columns), tile->FirstSum, tile->HasSum);
            tile->HasSum = true;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void QueryRow(Tile* tile, int offset, T* mask)
    {
        for (int lane = 0; lane < TTile.Columns; lane += TSimd.Width)
        {
            T* product = tile->Probabilities + offset + lane;
            T* gradient = tile->Gradients + offset + lane;
            TVector log = TSimd.Subtract(TSimd.Add(TSimd.Load(product), TSimd.Load(mask + lane)), TSimd.Load(tile->LogSums + lane));
            TSimd.Store(TSimd.Multiply(TSimd.Exp(log), TSimd.Subtract(TSimd.Load(gradient), TSimd.Load(tile->Deltas + lane))), gradient);
        }
    }

    private static void RunKeys(void* state, int part, int worker)
    {
        var job = (AttentionJob<T>*)state;
        AttentionShape shape = job->Shape;
        int size = shape.HeadSize;
        int head = part % shape.KeyValueHeads;
        int key = part / shape.KeyValueHeads * TTile.Columns;
        int count = Math.Min(TTile.Columns, job->Keys.Rows - key);
        Tile tile = Begin(job, worker);
        T scale = T.CreateChecked(shape.Scale);
        AttentionTiles<TVector, T, TSimd, TTile>.PackColumns(job->Keys, key, head * size, count, size, scale, tile.First);
        AttentionTiles<TVector, T, TSimd, TTile>.PackColumns(job->Values, key, head * size, count, size, T.One, tile.Second);
        for (int i = 0; i < job->SegmentCount; i++)
        {
            AttentionSegment segment = job->Segments[i];
            AddQueries(&tile, head, segment, key, segment.PrefixStart, segment.PrefixCount, isCausal: false);
            AddQueries(&tile, head, segment, key, segment.KeyStart, segment.KeyCount, isCausal: true);
        }

        if (!tile.HasSum)
        {
            new Span<T>(tile.FirstSum, size * TTile.Columns).Clear();
            new Span<T>(tile.SecondSum, size * TTile.Columns).Clear();
        }

        AttentionTiles<TVector, T, TSimd, TTile>.Scale(tile.FirstSum, size, TSimd.Broadcast(scale), TSimd.Broadcast(scale));
        AttentionTiles<TVector, T, TSimd, TTile>.StoreTransposed(tile.FirstSum, size, count, job->KeyGradient, key, head * size);
        AttentionTiles<TVector, T, TSimd, TTile>.StoreTransposed(tile.SecondSum, size, count, job->ValueGradient, key, head * size);
    }

    /// <summary>Adds what a segment's queries give to the gradients of the keys of a tile that lie in a range of the segment's.</summary>
    private static void AddQueries(Tile* tile, int head, AttentionSegment segment, int key, int start, int keys, bool isCausal)
    {
        int firstLane = Math.Max(0, start - key);
        int endLane = Math.Min(TTile.Columns, start + keys - key);
        if (firstLane >= endLane)
        {
            return;
        }

        // The query that sees a causal range's own key i first is i − offset.
        int firstSeeing = isCausal ? Math.Max(0, key + firstLane - start - segment.Offset) : 0;
        int shift = start + segment.Offset - segment.QueryStart - key + 1;
        int group = tile->Job->Shape.Group;
        for (int queryHead = head * group; queryHead < (head + 1) * group; queryHead++)
        {
            AddHead(tile, queryHead, segment.QueryStart + firstSeeing, segment.QueryStart + segment.QueryCount, firstLane, endLane, isCausal ? shift : int.MaxValue / 2);
        }
    }

    /// <summary>Takes queries start .. end − 1 of a head in; they see lanes from firstLane up to endLane, and below the query's row + shift.</summary>
    private static void AddHead(Tile* tile, int head, int start, int end, int firstLane, int endLane, int shift)
    {
        AttentionJob<T>* job = tile->Job;
        int rows = AttentionTiles<TVector, T, TSimd, TTile>.TileRows;
        T* before = AttentionTiles<TVector, T, TSimd, TTile>.ShutBefore(job->Mask, firstLane);
        T* logSums = job->LogSums + ((long)head * job->Queries.Rows);
        T* deltas = job->Deltas + ((long)head * job->Queries.Rows);
        for (int query = start / TTile.Rows * TTile.Rows; query < end; query += rows)
        {
            int skipped = Math.Max(0, start - query);
            int count = Math.Min(rows, end - query);
            AttentionTiles<TVector, T, TSimd, TTile>.Products(&job->QueryPanels, head, query / TTile.Rows, count, tile->First, tile->Probabilities);
            AttentionTiles<TVector, T, TSimd, TTile>.Products(&job->GradientPanels, head, query / TTile.Rows, count, tile->Second, tile->Gradients);
            for (int row = skipped; row < count; row++)
            {
                T* from = AttentionTiles<TVector, T, TSimd, TTile>.ShutFrom(job->Mask, Math.Min(endLane, query + row + shift));
                KeyRow(tile, row * TTile.Columns, before, from, logSums[query + row], deltas[query + row]);
            }

            T* probabilities = tile->Probabilities + (skipped * TTile.Columns);
            T* gradients = tile->Gradients + (skipped * TTile.Columns);
            AttentionTiles<TVector, T, TSimd, TTile>.AddWeighted(&job->QueryPanels, head, query + skipped, count - skipped, gradients, tile->FirstSum, tile->HasSum);
            AttentionTiles<TVector, T, TSimd, TTile>.AddWeighted(&job->GradientPanels, head, query + skipped, count - skipped, probabilities, tile->SecondSum, tile->HasSum);
            tile->HasSum = true;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void KeyRow(Tile* tile, int offset, T* before, T* from, T logSum, T delta)
    {
        TVector logSums = TSimd.Broadcast(logSum);
        TVector deltas = TSimd.Broadcast(delta);
        for (int lane = 0; lane < TTile.Columns; lane += TSimd.Width)
        {
            T* product = tile->Probabilities + offset + lane;
            T* gradient = tile->Gradients + offset + lane;
            TVector mask = TSimd.Add(TSimd.Load(before + lane), TSimd.Load(from + lane));
            TVector p = TSimd.Exp(TSimd.Subtract(TSimd.Add(TSimd.Load(product), mask), logSums));
            TSimd.Store(p, product);
            TSimd.Store(TSimd.Multiply(p, TSimd.Subtract(TSimd.Load(gradient), deltas)), gradient);
        }
    }

    private struct Tile
    {
        public AttentionJob<T>* Job;

        /// <summary>Packed columns: queries and the output's gradient, or keys and values.</summary>
        public T* First;
        public T* Second;
        public T* Probabilities;
        public T* Gradients;

        /// <summary>The gradients of the queries, or of the keys and of the values.</summary>
        public T* FirstSum;
        public T* SecondSum;
        public T* LogSums;
        public T* Deltas;
        public bool HasSum;
    }
}
