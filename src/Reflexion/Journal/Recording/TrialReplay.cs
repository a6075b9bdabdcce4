using System.Collections.Immutable;

namespace Reflexion;

/// <summary>What an earlier run recorded of the trial that was in progress, to be taken up piece by piece.</summary>
/// <remarks>
/// A phase that was completed is one entry, which stands for the calls before it. Of the phase in progress, calls are found by what was asked.
/// Each piece is taken once. Thread-safe once it is filled: parts of a trial run at once.
/// </remarks>
internal sealed class TrialReplay
{
    private readonly Lock _gate = new();
    private readonly Dictionary<JournalEntryKind, RecordedPhase> _phases = [];
    private readonly Dictionary<(string Request, int Occurrence), ModelCall> _calls = [];
    private readonly Dictionary<(string Request, int Occurrence), ToolCall> _tools = [];
    private readonly Queue<JournalEntry> _steps = new();
    private readonly List<ModelCall> _spent = [];

    /// <summary>Adds an entry of the trial.</summary>
    internal void Add(JournalEntry entry)
    {
        switch (entry.Kind)
        {
            case JournalEntryKind.ModelCalled:
                Add(JournalPayload.Read(entry, JournalPayload.Context.ModelCall));
                break;
            case JournalEntryKind.ToolCalled:
                ToolCall tool = JournalPayload.Read(entry, JournalPayload.Context.ToolCall);
                _tools[(tool.Request, tool.Occurrence)] = tool;
                break;
            case JournalEntryKind.EnvironmentReset or JournalEntryKind.StepCompleted:
                _steps.Enqueue(entry);
                break;
            case JournalEntryKind.TrialRestarted:
                Drop();
                break;
            default:
                _phases[entry.Kind] = new(entry, [.. _calls.Values, .. _spent]);
                _calls.Clear();
                _spent.Clear();
                break;
        }
    }

    /// <summary>Has failed calls made again: they ended a run, which was taken up nevertheless.</summary>
    internal void Interrupt()
    {
        foreach (((string, int) key, ModelCall call) in _calls.Where(pair => pair.Value.Fault is not null).ToList())
        {
            _calls.Remove(key);
            _spent.Add(call);
        }
    }

    /// <summary>Takes the result of a phase.</summary>
    internal RecordedPhase? TakePhase(JournalEntryKind kind)
    {
        lock (_gate)
        {
            return _phases.Remove(kind, out RecordedPhase? phase) ? phase : null;
        }
    }

    /// <summary>Takes a call of the phase in progress.</summary>
    internal ModelCall? TakeCall((string Request, int Occurrence) key)
    {
        lock (_gate)
        {
            return _calls.Remove(key, out ModelCall? call) ? call : null;
        }
    }

    internal ToolCall? TakeTool((string Request, int Occurrence) key)
    {
        lock (_gate)
        {
            return _tools.Remove(key, out ToolCall? tool) ? tool : null;
        }
    }

    /// <summary>Takes the next step, or null where no more were recorded.</summary>
    internal JournalEntry? TakeStep()
    {
        lock (_gate)
        {
            return _steps.TryDequeue(out JournalEntry? step) ? step : null;
        }
    }

    /// <summary>Whether there are steps that were not taken.</summary>
    internal bool HasSteps
    {
        get
        {
            lock (_gate)
            {
                return _steps.Count > 0;
            }
        }
    }

    /// <summary>Whether anything of the actor's unfinished work is left.</summary>
    internal bool HasActing
    {
        get
        {
            lock (_gate)
            {
                return _steps.Count + _calls.Count + _tools.Count > 0;
            }
        }
    }

    /// <summary>Lets the actor's unfinished work go; the calls stay paid.</summary>
    internal void Drop()
    {
        lock (_gate)
        {
            _spent.AddRange(_calls.Values);
            _calls.Clear();
            _tools.Clear();
            _steps.Clear();
        }
    }

    /// <summary>Takes the calls that were paid and will not be asked for.</summary>
    internal ImmutableArray<ModelCall> TakeSpent()
    {
        lock (_gate)
        {
            ImmutableArray<ModelCall> spent = [.. _spent];
            _spent.Clear();
            return spent;
        }
    }

    /// <summary>Takes every call that is left, at the end of a phase or of the trial.</summary>
    internal ImmutableArray<ModelCall> TakeLeft(bool phasesToo)
    {
        lock (_gate)
        {
            ImmutableArray<ModelCall> left = [.. _calls.Values, .. _spent, .. phasesToo ? _phases.Values.SelectMany(phase => phase.Calls) : []];
            _calls.Clear();
            _spent.Clear();
            if (phasesToo)
            {
                _phases.Clear();
            }

            return left;
        }
    }

    private void Add(ModelCall call)
    {
        (string, int) key = (call.Request, call.Occurrence);
        if (call.WasAbandoned)
        {
            _spent.Add(call);
            return;
        }

        if (_calls.Remove(key, out ModelCall? before))
        {
            _spent.Add(before);
        }

        _calls[key] = call;
    }
}
