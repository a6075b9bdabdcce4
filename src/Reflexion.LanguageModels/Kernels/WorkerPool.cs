using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reflexion.LanguageModels;

/// <summary>Threads that share out the parts of one job at a time; the caller is one of them.</summary>
/// <remarks>
/// Parts are claimed one by one, and the caller waits only for workers that have entered the job: a worker that the system has put aside costs nothing.
/// Callers on several threads take turns. A job that runs a job on the same pool does it inline. Nothing is allocated per job.
/// </remarks>
internal sealed unsafe class WorkerPool : IDisposable
{
    // The state word: number of the job, whether it is open to workers, how many are inside.
    private const long Open = 1L << 16;
    private const long Inside = Open - 1;
    private const int JobShift = 17;

    // Some tens of microseconds: longer than the serial work between two kernels, shorter than what others on the machine would notice.
    private const int SpinsBeforeParking = 3_000;
    private const int SpinsBeforeYielding = 1_000;

    [ThreadStatic]
    private static WorkerPool? t_inside;

    [ThreadStatic]
    private static int t_worker;

    private readonly Lock _turn = new();
    private readonly Worker[] _workers;
    private readonly Stack<NativeBuffer<byte>> _scratch = new();
    private PaddedLong _state;
    private PaddedLong _next;
    private delegate*<void*, int, int, void> _job;
    private void* _jobState;
    private int _parts;
    private long _jobNumber;
    private volatile bool _isDisposed;

    /// <param name="threads">How many threads work on a job, the caller included; at least 1.</param>
    /// <param name="widest">The widest vectors to use where the machine has them; narrower ones than it has are for tests.</param>
    public WorkerPool(int threads, VectorSet widest = VectorSet.Avx512)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, 1_024);
        Threads = threads;
        Vectors = (VectorSet)Math.Min((int)widest, (int)VectorSets.Widest);
        _workers = new Worker[threads - 1];
    }

    public int Threads { get; }

    /// <summary>Which vectors the jobs of this pool use.</summary>
    public VectorSet Vectors { get; }

    /// <summary>Calls <paramref name="job"/> once for each part 0 .. <paramref name="parts"/> − 1 and returns when all are done.</summary>
    /// <param name="job">What to do with the state and a part; must not throw.</param>
    /// <param name="state">Handed to every call.</param>
    /// <param name="parts">How many parts there are.</param>
    public void Run(delegate*<void*, int, void> job, void* state, int parts)
    {
        var simple = new SimpleJob { Job = job, State = state };
        Run(&RunSimple, &simple, parts);
    }

    /// <summary>As the other, for jobs that also want to know which worker they are on.</summary>
    /// <param name="job">What to do with the state, a part, and the number of the worker (0 .. <see cref="Threads"/> − 1; no two parts share one at a time); must not throw.</param>
    /// <param name="state">Handed to every call.</param>
    /// <param name="parts">How many parts there are.</param>
    public void Run(delegate*<void*, int, int, void> job, void* state, int parts)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        bool isNested = t_inside == this;
        if (Threads == 1 || parts <= 1 || isNested)
        {
            int worker = isNested ? t_worker : 0;
            for (int part = 0; part < parts; part++)
            {
                job(state, part, worker);
            }

            return;
        }

        lock (_turn)
        {
            RunShared(job, state, parts);
        }
    }

    /// <summary>A buffer of at least that many bytes, kept by the pool for the next who asks; give it back with <see cref="Return"/>.</summary>
    public NativeBuffer<byte> Rent(long bytes)
    {
        NativeBuffer<byte>? buffer;
        lock (_scratch)
        {
            _scratch.TryPop(out buffer);
        }

        if (buffer is null || buffer.Length < bytes)
        {
            buffer?.Dispose();
            buffer = new NativeBuffer<byte>(bytes + (bytes / 4));
        }

        return buffer;
    }

    /// <summary>Gives a rented buffer back.</summary>
    public void Return(NativeBuffer<byte> buffer)
    {
        lock (_scratch)
        {
            if (!_isDisposed)
            {
                _scratch.Push(buffer);
                return;
            }
        }

        buffer.Dispose();
    }

    public void Dispose()
    {
        lock (_turn)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            foreach (Worker? worker in _workers)
            {
                worker?.Wake();
            }

            foreach (Worker? worker in _workers)
            {
                worker?.Dispose();
            }
        }

        lock (_scratch)
        {
            while (_scratch.TryPop(out NativeBuffer<byte>? buffer))
            {
                buffer.Dispose();
            }
        }
    }

    private static void RunSimple(void* state, int part, int worker)
    {
        var simple = (SimpleJob*)state;
        simple->Job(simple->State, part);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunShared(delegate*<void*, int, int, void> job, void* state, int parts)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        StartWorkers();
        _job = job;
        _jobState = state;
        _parts = parts;
        _next.Value = 0;
        Interlocked.Exchange(ref _state.Value, (++_jobNumber << JobShift) | Open);
        int wanted = Math.Min(parts - 1, _workers.Length);
        for (int i = 0; i < wanted; i++)
        {
            _workers[i].WakeIfParked();
        }

        WorkerPool? outer = t_inside;
        int outerWorker = t_worker;
        t_inside = this;
        t_worker = 0;
        RunParts(0);
        t_inside = outer;
        t_worker = outerWorker;
        Interlocked.And(ref _state.Value, ~Open);
        for (int spins = 0; (Volatile.Read(ref _state.Value) & Inside) != 0; spins++)
        {
            Pause(spins);
        }
    }

    private static void Pause(int spins)
    {
        if (spins % SpinsBeforeYielding == SpinsBeforeYielding - 1)
        {
            Thread.Yield();
        }
        else
        {
            Thread.SpinWait(1);
        }
    }

    private void StartWorkers()
    {
        for (int i = 0; i < _workers.Length && _workers[i] is null; i++)
        {
            _workers[i] = new Worker(this, i + 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunParts(int worker)
    {
        delegate*<void*, int, int, void> job = _job;
        void* state = _jobState;
        int parts = _parts;
        for (long part; (part = Interlocked.Increment(ref _next.Value) - 1) < parts;)
        {
            job(state, (int)part, worker);
        }
    }

    private bool HasNews(long seen)
    {
        long state = Volatile.Read(ref _state.Value);
        return _isDisposed || ((state & Open) != 0 && state >> JobShift != seen);
    }

    /// <summary>Works on the open job if there is one that this worker has not seen; returns the number of the last one seen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long WorkOn(long seen, int worker)
    {
        long state = Volatile.Read(ref _state.Value);
        if ((state & Open) == 0 || state >> JobShift == seen || Interlocked.CompareExchange(ref _state.Value, state + 1, state) != state)
        {
            return seen;
        }

        RunParts(worker);
        Interlocked.Decrement(ref _state.Value);
        return state >> JobShift;
    }

    private struct SimpleJob
    {
        public delegate*<void*, int, void> Job;
        public void* State;
    }

    /// <summary>A number with a cache line of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct PaddedLong
    {
        [FieldOffset(64)]
        public long Value;
    }

    private sealed class Worker : IDisposable
    {
        private readonly WorkerPool _pool;
        private readonly SemaphoreSlim _wake = new(0);
        private readonly Thread _thread;
        private int _isParked;

        public Worker(WorkerPool pool, int number)
        {
            _pool = pool;
            _thread = new Thread(() => Loop(number)) { IsBackground = true, Name = $"language model worker {number}" };
            _thread.Start();
        }

        public void WakeIfParked()
        {
            if (Volatile.Read(ref _isParked) != 0)
            {
                Wake();
            }
        }

        public void Wake()
        {
            if (Interlocked.Exchange(ref _isParked, 0) != 0)
            {
                _wake.Release();
            }
        }

        public void Dispose()
        {
            _thread.Join();
            _wake.Dispose();
        }

        private void Loop(int number)
        {
            t_inside = _pool;
            t_worker = number;
            long seen = 0;
            int spins = 0;
            while (!_pool._isDisposed)
            {
                if (_pool.HasNews(seen))
                {
                    seen = _pool.WorkOn(seen, number);
                    spins = 0;
                }
                else if (++spins < SpinsBeforeParking)
                {
                    Thread.SpinWait(1);
                }
                else
                {
                    Park(seen);
                    spins = 0;
                }
            }
        }

        private void Park(long seen)
        {
            Interlocked.Exchange(ref _isParked, 1);

            // Whoever takes the flag back owes or saves the wake-up: this worker where news came meanwhile, else the caller.
            if (!_pool.HasNews(seen) || Interlocked.Exchange(ref _isParked, 0) == 0)
            {
                _wake.Wait();
            }
        }
    }
}
