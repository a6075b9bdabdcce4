using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed unsafe class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Every_part_runs_once_however_many_there_are(int threads)
    {
        using var pool = new WorkerPool(threads);
        int* counts = stackalloc int[100];
        for (int round = 0; round < 2_000; round++)
        {
            int parts = round % 100;
            new Span<int>(counts, 100).Clear();

            pool.Run(&CountPart, counts, parts);

            for (int part = 0; part < 100; part++)
            {
                counts[part].Should().Be(part < parts ? 1 : 0);
            }
        }
    }

    [Fact]
    public void Callers_on_many_threads_take_turns()
    {
        using var pool = new WorkerPool(3);
        long total = 0;
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, caller =>
        {
            int* counts = stackalloc int[16];
            new Span<int>(counts, 16).Clear();
            pool.Run(&CountPart, counts, caller % 16);
            for (int part = 0; part < 16; part++)
            {
                Interlocked.Add(ref total, counts[part]);
            }
        });

        total.Should().Be(400 / 16 * (16 * 15 / 2));
    }

    [Fact]
    public void Parts_that_run_at_a_time_have_different_workers()
    {
        using var pool = new WorkerPool(4);
        int* state = stackalloc int[5];
        for (int round = 0; round < 200; round++)
        {
            new Span<int>(state, 5).Clear();
            pool.Run(&EnterWorker, state, 50);
            state[4].Should().Be(0, "no worker was entered twice at a time");
        }
    }

    [Fact]
    public void A_job_may_run_a_job_on_its_own_pool()
    {
        using var pool = new WorkerPool(3);
        var nested = new Nested { Pool = System.Runtime.InteropServices.GCHandle.Alloc(pool) };

        pool.Run(&RunNested, &nested, 20);
        nested.Pool.Free();

        nested.Count.Should().Be(20 * 5);
    }

    [Fact]
    public void Jobs_allocate_nothing()
    {
        using var pool = new WorkerPool(2);
        int* counts = stackalloc int[8];
        pool.Run(&CountPart, counts, 8);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 1_000; i++)
        {
            pool.Run(&CountPart, counts, 8);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000);
    }

    [Fact]
    public void Rented_memory_is_kept_for_the_next()
    {
        using var pool = new WorkerPool(1);
        NativeBuffer<byte> first = pool.Rent(1_000);
        pool.Return(first);
        pool.Rent(500).Should().BeSameAs(first);
        NativeBuffer<byte> second = pool.Rent(500);
        second.Should().NotBeSameAs(first);
        pool.Return(first);
        pool.Return(second);
    }

    [Fact]
    public void A_disposed_pool_refuses_work_and_keeps_no_memory()
    {
        var pool = new WorkerPool(2);
        int* counts = stackalloc int[2];
        pool.Run(&CountPart, counts, 2);
        NativeBuffer<byte> rented = pool.Rent(10);
        pool.Dispose();
        pool.Dispose();
        pool.Return(rented);

        ((nint)rented.Pointer).Should().Be(0);
        FluentActions.Invoking(() => pool.Run(&CountPart, null, 2)).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void A_pool_has_at_least_one_thread() =>
        FluentActions.Invoking(() => new WorkerPool(0)).Should().Throw<ArgumentOutOfRangeException>();

    private static void CountPart(void* state, int part) => Interlocked.Increment(ref ((int*)state)[part]);

    private static void EnterWorker(void* state, int part, int worker)
    {
        var inside = (int*)state;
        if (Interlocked.Exchange(ref inside[worker], 1) != 0)
        {
            Interlocked.Increment(ref inside[4]);
        }

        Thread.SpinWait(20);
        Volatile.Write(ref inside[worker], 0);
    }

    private static void RunNested(void* state, int part)
    {
        var nested = (Nested*)state;
        ((WorkerPool)nested->Pool.Target!).Run(&CountNested, nested, 5);
    }

    private static void CountNested(void* state, int part) => Interlocked.Increment(ref ((Nested*)state)->Count);

    private struct Nested
    {
        public System.Runtime.InteropServices.GCHandle Pool;
        public int Count;
    }
}
