using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>Products of packed integers with activations rounded to 16-bit integers.</summary>
/// <remarks>A result's bits depend on its row and its token alone: not on threads, on other tokens in the call, or on the processor.</remarks>
internal static unsafe class IntegerProduct<TInt, TFloat, TLanes>
    where TInt : struct
    where TFloat : struct
    where TLanes : IPairLanes<TInt, TFloat>
{
    private const int PanelRows = 16;

    // Up to so many tokens, panels are read where they lie; beyond, they are widened once for all tokens.
    private const int MostFew = 16;

    // Inputs of two widened panels that share the first cache with some tokens.
    private const int MostDepth = 384;

    // Bytes of packed tokens that stay in the second cache while panels pass.
    private const int MostTokenBytes = 400_000;
    private const int MostPartBytes = 1 << 16;
    private const long SmallWork = 1 << 15;
    private const int SmallPacking = 1 << 12;

    public static void Multiply(WorkerPool pool, PackedPanels* panels, ProductArguments arguments)
    {
        bool isFew = arguments.Tokens <= MostFew;
        int width = isFew ? FewWidth(arguments.Tokens) : TLanes.HasManyRegisters ? 6 : 4;
        int tokenPanels = Divide(arguments.Tokens, width);
        long pairsBytes = RoundUp((long)width * panels->Inputs / 2 * sizeof(int));
        long scalesBytes = RoundUp((long)width * panels->Groups * sizeof(float));
        long tokensBytes = pairsBytes + (2 * scalesBytes);
        long floatsBytes = RoundUp(2L * panels->Groups * PanelRows * sizeof(float));
        long scratchBytes = (2 * floatsBytes) + (2L * PanelRows * MostDepth * sizeof(short));
        NativeBuffer<byte> buffer = pool.Rent((tokenPanels * tokensBytes) + (pool.Threads * scratchBytes));
        var job = new Job
        {
            Panels = panels,
            Arguments = arguments,
            Width = width,
            TokenPanels = tokenPanels,
            Tokens = buffer.Pointer,
            TokensBytes = tokensBytes,
            PairsBytes = pairsBytes,
            ScalesBytes = scalesBytes,
            Scratch = buffer.Pointer + (tokenPanels * tokensBytes),
            ScratchBytes = scratchBytes,
            FloatsBytes = floatsBytes,
        };
        int slots = tokenPanels * width;
        Run(pool, &PackToken, &job, slots, (long)slots * panels->Inputs > SmallPacking);
        if (isFew)
        {
            job.PanelsAPart = (int)Math.Clamp(panels->Panels / (4 * pool.Threads), 1, Math.Max(1, MostPartBytes / panels->PanelBytes));
            Run(pool, &MultiplyFew, &job, Divide(panels->Panels, job.PanelsAPart), panels->ByteCount > SmallWork);
        }
        else
        {
            job.TokenPanelsAPart = Divide(tokenPanels, Divide((int)Math.Min(1 << 30, tokenPanels * tokensBytes), MostTokenBytes));
            job.PanelsAPart = 2 * Math.Clamp(panels->Panels / (16 * pool.Threads), 1, 4);
            job.PanelParts = Divide(panels->Panels, job.PanelsAPart);
            Run(pool, &MultiplyMany, &job, job.PanelParts * Divide(tokenPanels, job.TokenPanelsAPart), panels->ByteCount * arguments.Tokens > SmallWork);
        }

        pool.Return(buffer);
    }

    private static int FewWidth(int tokens) => tokens <= 2 ? tokens : tokens <= 4 || !TLanes.HasManyRegisters ? 4 : 8;

    private static int Divide(int count, int size) => (count + size - 1) / size;

    private static long RoundUp(long bytes) => (bytes + 63) & ~63L;

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

    private static void PackToken(void* state, int part, int worker)
    {
        var job = (Job*)state;
        float* x = part < job->Arguments.Tokens ? job->Arguments.X + ((long)part * job->Arguments.XStride) : null;
        PackedForm form = job->Panels->Form;
        PairTokenPacker.Pack(x, job->Panels->Inputs, form.Group, job->Width, part % job->Width, job->TokensOf(part / job->Width), form.HasOffsets);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyFew(void* state, int part, int worker)
    {
        var job = (Job*)state;
        PackedPanels* panels = job->Panels;
        float* totals = stackalloc float[8 * PanelRows];
        var scales = (float*)(job->Scratch + (worker * job->ScratchBytes));
        int end = Math.Min((part + 1) * job->PanelsAPart, panels->Panels);
        for (int number = part * job->PanelsAPart; number < end; number++)
        {
            PairPanel panel = PanelWidening<TInt, TFloat, TLanes>.Open(panels, number, 0, panels->Groups, scales);
            int output = number * PanelRows;
            int outputs = Math.Min(PanelRows, panels->Outputs - output);
            for (int i = 0; i < job->TokenPanels; i++)
            {
                int token = i * job->Width;
                int tokens = Math.Min(job->Width, job->Arguments.Tokens - token);
                job->Arguments.ReadTotals(totals, PanelRows, token, tokens, output, outputs, job->Arguments.Accumulate);
                if (panels->Form.Numbers == NumberForm.Bytes)
                {
                    MultiplyPanel<BytePairs>(&panel, job->TokensOf(i), job->Width, totals);
                }
                else
                {
                    MultiplyPanel<NibblePairs>(&panel, job->TokensOf(i), job->Width, totals);
                }

                job->Arguments.WriteTotals(totals, PanelRows, token, tokens, output, outputs);
            }
        }
    }

    private static void MultiplyPanel<TPairs>(PairPanel* panel, PairTokens tokens, int width, float* totals)
        where TPairs : IPairFormat
    {
        for (int row = 0; row < PanelRows; row += TLanes.Rows)
        {
            switch (width)
            {
                case 1: OneToken<TInt, TFloat, TLanes, TPairs>.Multiply(panel, row, tokens, totals); break;
                case 2: TwoTokens<TInt, TFloat, TLanes, TPairs>.Multiply(panel, row, tokens, totals); break;
                case 4: FourTokens<TInt, TFloat, TLanes, TPairs>.Multiply(panel, row, tokens, totals); break;
                default: EightTokens<TInt, TFloat, TLanes, TPairs>.Multiply(panel, row, tokens, totals); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyMany(void* state, int part, int worker)
    {
        var job = (Job*)state;
        PackedPanels* panels = job->Panels;
        byte* scratch = job->Scratch + (worker * job->ScratchBytes);
        var words = (short*)(scratch + (2 * job->FloatsBytes));
        PairPanel* widened = stackalloc PairPanel[2];
        int groups = panels->Groups;
        int slab = Divide(groups, Divide(panels->Inputs, MostDepth / panels->Form.Group * panels->Form.Group));
        int first = part % job->PanelParts * job->PanelsAPart;
        int end = Math.Min(first + job->PanelsAPart, panels->Panels);
        int firstTokens = part / job->PanelParts * job->TokenPanelsAPart;
        for (int number = first; number < end; number += 2)
        {
            for (int group = 0; group < groups; group += slab)
            {
                int count = Math.Min(slab, groups - group);
                for (int side = 0; side < 2; side++)
                {
                    var scales = (float*)(scratch + (side * job->FloatsBytes));
                    PairPanel panel = PanelWidening<TInt, TFloat, TLanes>.Open(panels, Math.Min(number + side, panels->Panels - 1), group, count, scales);
                    widened[side] = PanelWidening<TInt, TFloat, TLanes>.Widen(panel, panels->Form.Numbers, words + (side * PanelRows * MostDepth));
                }

                MultiplySlab(job, widened, number * PanelRows, group, firstTokens);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplySlab(Job* job, PairPanel* widened, int output, int group, int firstTokens)
    {
        float* totals = stackalloc float[6 * 2 * PanelRows];
        PackedPanels* panels = job->Panels;
        int outputs = Math.Min(2 * PanelRows, panels->Outputs - output);
        int end = Math.Min(firstTokens + job->TokenPanelsAPart, job->TokenPanels);
        int width = job->Width;
        bool isKept = group > 0 || job->Arguments.Accumulate;
        for (int i = firstTokens; i < end; i++)
        {
            PairTokens tokens = job->TokensOf(i);
            tokens.Pairs += (long)group * panels->Form.Group / 2 * width;
            tokens.Scales += group * width;
            tokens.Sums += group * width;
            int token = i * width;
            int count = Math.Min(width, job->Arguments.Tokens - token);
            if (TLanes.HasManyRegisters)
            {
                job->Arguments.ReadTotals(totals, 2 * PanelRows, token, count, output, outputs, isKept);
                SixTokens<TInt, TFloat, TLanes>.Multiply(widened, tokens, totals);
                job->Arguments.WriteTotals(totals, 2 * PanelRows, token, count, output, outputs);
                continue;
            }

            for (int side = 0; side * PanelRows < outputs; side++)
            {
                int at = output + (side * PanelRows);
                int sideOutputs = Math.Min(PanelRows, panels->Outputs - at);
                job->Arguments.ReadTotals(totals, PanelRows, token, count, at, sideOutputs, isKept);
                MultiplyPanel<WordPairs>(&widened[side], tokens, width, totals);
                job->Arguments.WriteTotals(totals, PanelRows, token, count, at, sideOutputs);
            }
        }
    }

    private struct Job
    {
        public PackedPanels* Panels;
        public ProductArguments Arguments;
        public int Width;
        public int TokenPanels;
        public int TokenPanelsAPart;
        public int PanelsAPart;
        public int PanelParts;
        public byte* Tokens;
        public long TokensBytes;
        public long PairsBytes;
        public long ScalesBytes;
        public byte* Scratch;
        public long ScratchBytes;
        public long FloatsBytes;

        public readonly PairTokens TokensOf(int panel)
        {
            byte* at = Tokens + (panel * TokensBytes);
            return new PairTokens { Pairs = (int*)at, Scales = (float*)(at + PairsBytes), Sums = (float*)(at + PairsBytes + ScalesBytes) };
        }
    }
}
