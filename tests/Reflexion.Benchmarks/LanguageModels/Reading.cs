using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Reflexion.LanguageModels;

namespace Reflexion.Benchmarks;

/// <summary>Reads memory and does next to nothing with it: what no product with the same bytes can beat.</summary>
internal static unsafe class Reading
{
    private const int Part = 1 << 16;

    internal static void Run(WorkerPool pool, NativeBuffer<byte> memory)
    {
        var job = new Job { Data = memory.Pointer, Length = memory.Length };
        pool.Run(&ReadPart, &job, (int)((memory.Length + Part - 1) / Part));
        GC.KeepAlive(memory);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadPart(void* state, int part)
    {
        var job = (Job*)state;
        byte* at = job->Data + ((long)part * Part);
        byte* end = job->Data + Math.Min(job->Length, (part + 1L) * Part) - 256;
        Vector512<byte> a = default, b = default, c = default, d = default;
        for (; at <= end; at += 256)
        {
            a |= Vector512.Load(at);
            b |= Vector512.Load(at + 64);
            c |= Vector512.Load(at + 128);
            d |= Vector512.Load(at + 192);
        }

        job->Sink = (a | b | c | d)[0];
    }

    private struct Job
    {
        public byte* Data;
        public long Length;
        public volatile byte Sink;
    }
}
