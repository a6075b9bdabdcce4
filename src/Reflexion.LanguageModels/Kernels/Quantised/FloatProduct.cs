using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Products of packed weights with activations as floats: panels become floats and go through the tiles of <see cref="Gemm"/>.</summary>
internal static unsafe class FloatProduct<TInt, TFloat, TLanes, TTile>
    where TInt : struct
    where TFloat : struct
    where TLanes : IPairLanes<TInt, TFloat>
    where TTile : ITile<float>
{
    private const int Columns = 32;
    private const int MostDepth = 384;
    private const int Padding = 64;
    private const int MostTokenBytes = 800_000;
    private const long SmallWork = 1 << 15;

    public static void Multiply(WorkerPool pool, PackedPanels* panels, ProductArguments arguments)
    {
        int columnPanels = Divide(panels->Outputs, Columns);
        int tokenPanels = Divide(arguments.Tokens, TTile.Rows);
        int group = panels->Form.Group;
        int groups = Divide(panels->Inputs, group);
        int slab = Divide(groups, Divide(panels->Inputs, MostDepth / group * group)) * group;
        int slabs = Divide(panels->Inputs, slab);
        long tokensBytes = RoundUp(((long)panels->Inputs * TTile.Rows) + ((long)slabs * Padding)) * sizeof(float);
        long floatsBytes = RoundUp(2L * panels->Groups * panels->Form.Rows) * sizeof(float);
        long scratchBytes = floatsBytes + ((Columns * MostDepth) * sizeof(float));
        NativeBuffer<byte> buffer = pool.Rent((tokenPanels * tokensBytes) + (pool.Threads * scratchBytes));
        var job = new Job
        {
            Panels = panels,
            Arguments = arguments,
            Slab = slab,
            Slabs = slabs,
            TokenPanels = tokenPanels,
            Tokens = buffer.Pointer,
            TokensBytes = tokensBytes,
            Scratch = buffer.Pointer + (tokenPanels * tokensBytes),
            ScratchBytes = scratchBytes,
            FloatsBytes = floatsBytes,
        };
        bool isShared = panels->ByteCount * arguments.Tokens > SmallWork;
        Run(pool, &PackTokens, &job, tokenPanels, isShared && tokenPanels > 1);
        job.TokenPanelsAPart = Divide(tokenPanels, Divide((int)Math.Min(1 << 30, tokenPanels * tokensBytes), MostTokenBytes));
        job.PanelsAPart = Math.Clamp(columnPanels / (8 * pool.Threads), 1, 4);
        job.PanelParts = Divide(columnPanels, job.PanelsAPart);
        Run(pool, &MultiplyPart, &job, job.PanelParts * Divide(tokenPanels, job.TokenPanelsAPart), isShared);
        pool.Return(buffer);
    }

    private static int Divide(int count, int size) => (count + size - 1) / size;

    private static long RoundUp(long count) => (count + Padding - 1) & ~(Padding - 1L);

    private static void Run(WorkerPool pool, delegate*<void*, int, int, void> action, Job* job, int parts, bool isShared)
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

    private static void PackTokens(void* state, int part, int worker)
    {
        var job = (Job*)state;
        int token = part * TTile.Rows;
        int tokens = Math.Min(TTile.Rows, job->Arguments.Tokens - token);
        for (int slab = 0; slab < job->Slabs; slab++)
        {
            int start = slab * job->Slab;
            TTile.Pack(
                job->Arguments.X + ((long)token * job->Arguments.XStride) + start,
                true,
                job->Arguments.XStride,
                tokens,
                Math.Min(job->Slab, job->Panels->Inputs - start),
                TTile.Rows,
                job->TokensOf(part, slab));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyPart(void* state, int part, int worker)
    {
        var job = (Job*)state;
        byte* scratch = job->Scratch + (worker * job->ScratchBytes);
        int firstTokens = part / job->PanelParts * job->TokenPanelsAPart;
        int first = part % job->PanelParts * job->PanelsAPart;
        int end = Math.Min(first + job->PanelsAPart, Divide(job->Panels->Outputs, Columns));

        // Portable tiles may round products before they add them; a token alone must get the same.
        bool isOne = job->Arguments.Tokens == 1 && !job->Panels->Form.IsInteger && TLanes.Rows > 4;
        for (int panel = first; panel < end; panel++)
        {
            for (int slab = 0; slab < job->Slabs; slab++)
            {
                int start = slab * job->Slab;
                int depth = Math.Min(job->Slab, job->Panels->Inputs - start);
                if (isOne)
                {
                    MultiplyOne(job, panel, slab, start, depth);
                    continue;
                }

                float* floats = Floats(job, panel, start, depth, scratch);
                MultiplySlab(job, floats, panel * Columns, slab, depth, firstTokens);
            }
        }
    }

    private static void MultiplyOne(Job* job, int panel, int slab, int start, int depth)
    {
        float* totals = stackalloc float[Columns];
        PackedPanels* panels = job->Panels;
        int output = panel * Columns;
        int outputs = Math.Min(Columns, panels->Outputs - output);
        long at = (long)start * Columns * panels->Form.Bits / 8;
        job->Arguments.ReadTotals(totals, Columns, 0, 1, output, outputs, slab > 0 || job->Arguments.Accumulate);
        OneFloatToken<TInt, TFloat, TLanes>.Multiply(panels->Numbers(panel) + at, panels->Form.Numbers, job->Arguments.X + start, depth, totals);
        job->Arguments.WriteTotals(totals, Columns, 0, 1, output, outputs);
    }

    /// <summary>A stretch of 32 rows as floats, 32 for each input.</summary>
    private static float* Floats(Job* job, int panel, int start, int depth, byte* scratch)
    {
        PackedPanels* panels = job->Panels;
        var floats = (float*)(scratch + job->FloatsBytes);
        long at = (long)start * Columns;
        if (panels->Form.Numbers == NumberForm.Floats)
        {
            return (float*)panels->Numbers(panel) + at;
        }

        if (!panels->Form.IsInteger)
        {
            PanelWidening<TInt, TFloat, TLanes>.ToFloats((ushort*)panels->Numbers(panel) + at, panels->Form.Numbers, floats, (long)depth * Columns);
            return floats;
        }

        int group = panels->Form.Group;
        for (int side = 0; side < 2; side++)
        {
            int number = Math.Min((2 * panel) + side, panels->Panels - 1);
            PairPanel opened = PanelWidening<TInt, TFloat, TLanes>.Open(panels, number, start / group, depth / group, (float*)scratch);
            PanelWidening<TInt, TFloat, TLanes>.ToFloats(opened, panels->Form.Numbers, floats + (side * 16), Columns);
        }

        return floats;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplySlab(Job* job, float* floats, int output, int slab, int depth, int firstTokens)
    {
        float* edge = stackalloc float[TTile.Rows * TTile.Columns];
        int end = Math.Min(firstTokens + job->TokenPanelsAPart, job->TokenPanels);
        bool isKept = slab > 0 || job->Arguments.Accumulate;
        for (int column = 0; column < Columns && output + column < job->Panels->Outputs; column += TTile.Columns)
        {
            int columns = Math.Min(TTile.Columns, job->Panels->Outputs - output - column);
            var tile = new TilePanel<float> { Depth = depth, B = floats + column, Step = Columns, Ahead = floats };
            for (int i = firstTokens; i < end; i++)
            {
                int token = i * TTile.Rows;
                int tokens = Math.Min(TTile.Rows, job->Arguments.Tokens - token);
                float* a = job->TokensOf(i, slab);
                if (tokens == TTile.Rows && columns == TTile.Columns)
                {
                    float* y = job->Arguments.Y + ((long)token * job->Arguments.YStride) + output + column;
                    TTile.Multiply(&tile, tokens, a, y, job->Arguments.YStride, isKept);
                    continue;
                }

                job->Arguments.ReadTotals(edge, TTile.Columns, token, tokens, output + column, columns, isKept);
                TTile.Multiply(&tile, tokens, a, edge, TTile.Columns, accumulate: true);
                job->Arguments.WriteTotals(edge, TTile.Columns, token, tokens, output + column, columns);
            }
        }
    }

    private struct Job
    {
        public PackedPanels* Panels;
        public ProductArguments Arguments;
        public int Slab;
        public int Slabs;
        public int TokenPanels;
        public int TokenPanelsAPart;
        public int PanelsAPart;
        public int PanelParts;
        public byte* Tokens;
        public long TokensBytes;
        public byte* Scratch;
        public long ScratchBytes;
        public long FloatsBytes;

        public readonly float* TokensOf(int panel, int slab) =>
            (float*)(Tokens + (panel * TokensBytes)) + ((long)slab * ((Slab * TTile.Rows) + Padding));
    }
}
