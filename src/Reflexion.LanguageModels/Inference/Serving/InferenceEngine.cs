namespace Reflexion.LanguageModels;

/// <summary>
/// Computes sequences for any number of callers: a bounded number at once, step by step, each step one pass over the weights for all of them.
/// Others wait in the order in which they came; no thread waits with them.
/// </summary>
internal sealed class InferenceEngine : IDisposable
{
    private readonly Func<InferenceWeights> _current;
    private readonly WorkerPool _pool;
    private readonly LanguageModelOptions _options;
    private readonly int _contextLength;
    private readonly Lock _queue = new();
    private readonly Lock _computing = new();
    private readonly StepPlan _plan;
    private readonly SequenceStart _start;

    // Guarded by _queue.
    private readonly Queue<InferenceSequence> _waiting = new();
    private bool _isWorking;
    private bool _isDisposed;

    // Guarded by _computing.
    private readonly List<InferenceSequence> _running = [];
    private readonly PrefixCache _prefixes;
    private InferenceWeights? _weights;
    private InferencePass? _pass;
    private bool _wasIdle;

    /// <param name="current">Gives the weights as they are now; asked when work begins.</param>
    /// <param name="pool">The threads that compute.</param>
    /// <param name="options">How many at once; checked.</param>
    /// <param name="config">The model's shape.</param>
    public InferenceEngine(Func<InferenceWeights> current, WorkerPool pool, LanguageModelOptions options, TransformerConfig config)
    {
        _current = current;
        _pool = pool;
        _options = options;
        _contextLength = options.ContextOf(config);
        _plan = new(options);
        _prefixes = new(options.PrefixCacheTokens);
        _start = new(config, _contextLength, _prefixes);
    }

    /// <summary>Takes a sequence in; it tells its owner what becomes of it.</summary>
    /// <exception cref="InvalidOperationException">Too many are waiting.</exception>
    public void Add(InferenceSequence sequence)
    {
        lock (_queue)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(LanguageModel));
            if (_waiting.Count >= _options.MaxWaiting + _options.MaxSequences)
            {
                DropCancelled();
            }

            if (_waiting.Count >= _options.MaxWaiting + _options.MaxSequences)
            {
                throw new InvalidOperationException($"{_waiting.Count} requests wait already; ask again later, or raise {nameof(LanguageModelOptions.MaxWaiting)}.");
            }

            _waiting.Enqueue(sequence);
            if (_isWorking)
            {
                return;
            }

            _isWorking = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static engine => engine.Work(), this, preferLocal: false);
    }

    /// <summary>Refuses to end from within what a step calls, before anything has ended.</summary>
    public void RefuseWithinFilter()
    {
        if (_computing.IsHeldByCurrentThread)
        {
            throw new InvalidOperationException("The model cannot be disposed from within a filter.");
        }
    }

    /// <summary>Ends all requests, after <see cref="RefuseWithinFilter"/>.</summary>
    public void Dispose()
    {
        lock (_computing)
        {
            lock (_queue)
            {
                _isDisposed = true;
                while (_waiting.TryDequeue(out InferenceSequence? sequence))
                {
                    _running.Add(sequence);
                }
            }

            FailAll(new ObjectDisposedException(nameof(LanguageModel)));
            _prefixes.Dispose();
            _pass?.Dispose();
        }
    }

    private void Work()
    {
        while (true)
        {
            lock (_computing)
            {
                if (!Admit())
                {
                    return;
                }

                try
                {
                    Step();
                }
#pragma warning disable CA1031 // Whoever waits is told; nobody else is there to catch it.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    FailAll(exception);
                }
            }
        }
    }

    // Whether there is work.
    private bool Admit()
    {
        lock (_queue)
        {
            _wasIdle = _running.Count == 0;
            while (_running.Count < _options.MaxSequences && _waiting.TryDequeue(out InferenceSequence? sequence))
            {
                _running.Add(sequence);
            }

            return _isWorking = !_isDisposed && _running.Count > 0;
        }
    }

    private void Step()
    {
        if (_wasIdle)
        {
            UseCurrentWeights();
        }

        ReleaseEnded();
        foreach (InferenceSequence sequence in _running)
        {
            if (sequence.Cache is null)
            {
                _start.TryBegin(sequence, _running);
            }
        }

        List<SequenceRows> parts = _plan.Make(_running);
        if (parts.Count > 0)
        {
            _pass!.Run(parts);
            ReleaseEnded();
        }
    }

    // Weights that were trained since leave nothing of what was computed with the old ones.
    private void UseCurrentWeights()
    {
        InferenceWeights current = _current();
        if (!ReferenceEquals(current, _weights))
        {
            _prefixes.Clear();
            _pass?.Dispose();
            _pass = new(current, _pool, _contextLength);
            _weights = current;
        }
    }

    private void ReleaseEnded()
    {
        for (int i = _running.Count - 1; i >= 0; i--)
        {
            if (_running[i].IsDone || _running[i].IsCancelled)
            {
                Release(_running[i]);
                _running.RemoveAt(i);
            }
        }
    }

    private void Release(InferenceSequence sequence)
    {
        if (sequence.Cache is { } cache)
        {
            if (sequence.Output == RowOutput.Logits && cache.Count > 0)
            {
                _prefixes.Add(new(sequence.Tokens, sequence.Adapter?.Hash, cache));
            }
            else
            {
                cache.Dispose();
            }
        }

        sequence.Adapter?.Dispose();
    }

    private void FailAll(Exception exception)
    {
        foreach (InferenceSequence sequence in _running)
        {
            sequence.Fail(exception);
            Release(sequence);
        }

        _running.Clear();
    }

    private void DropCancelled()
    {
        for (int i = _waiting.Count; i > 0; i--)
        {
            InferenceSequence sequence = _waiting.Dequeue();
            if (sequence.IsCancelled)
            {
                sequence.Adapter?.Dispose();
            }
            else
            {
                _waiting.Enqueue(sequence);
            }
        }
    }
}
