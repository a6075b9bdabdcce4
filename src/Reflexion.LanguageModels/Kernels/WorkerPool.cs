namespace Reflexion.LanguageModels;

/// <summary>Threads that share out the parts of one job at a time; the caller is one of them.</summary>
/// <param name="threads">How many threads work on a job, the caller included; at least 1.</param>
internal sealed unsafe class WorkerPool(int threads) : IDisposable
{
    private bool _isDisposed;

    public int Threads { get; } = threads;

    /// <summary>Calls <paramref name="job"/> once for each part 0 .. <paramref name="parts"/> − 1 and returns when all are done.</summary>
    /// <param name="job">What to do with the state and a part; must not throw.</param>
    /// <param name="state">Handed to every call.</param>
    /// <param name="parts">How many parts there are.</param>
    public void Run(delegate*<void*, int, void> job, void* state, int parts)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        for (int part = 0; part < parts; part++)
        {
            job(state, part);
        }
    }

    public void Dispose() => _isDisposed = true;
}
