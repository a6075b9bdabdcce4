using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;

namespace Reflexion;

/// <summary>Writes down what happens in one run of an episode, and hands out what an earlier run had written down.</summary>
/// <remarks>
/// Thread-safe. After an append that failed nothing more is written: what comes later must not be kept without what came before.
/// <see cref="None"/> writes and knows nothing.
/// </remarks>
internal sealed class EpisodeRecorder(IEpisodeJournal? journal, string episodeId, TimeProvider time)
{
    private readonly AsyncTurn _turn = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _asked = new(StringComparer.Ordinal);
    private TrialReplay _replay = new();
    private Action<ModelCall> _charge = static _ => { };
    private long _next;
    private int _trial;
    private string? _restart;

    /// <summary>Of a run without a journal.</summary>
    internal static EpisodeRecorder None { get; } = new(null, "none", TimeProvider.System);

    /// <summary>Whether there is a journal, and the episode was opened in it.</summary>
    internal bool IsOn { get; private set; }

    /// <summary>What went wrong with the journal, or null.</summary>
    internal JournalException? Fault { get; private set; }

    /// <summary>Reads what is known of the episode, without writing anything.</summary>
    internal async ValueTask<EpisodeHistory?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await EpisodeHistory.ReadAsync(journal!, episodeId, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw Fault = new($"Episode '{episodeId}' could not be read from the journal: {fault.Message}", fault);
        }
    }

    /// <summary>Claims the episode for this run: a run that claims it too, or goes on writing it, is refused.</summary>
    internal async ValueTask OpenAsync(EpisodeStart start, EpisodeHistory? history, Action<ModelCall> charge)
    {
        _charge = charge;
        _next = history?.Entries ?? 0;
        _replay = history?.InProgress ?? _replay;
        IsOn = true;
        (JournalEntryKind kind, string payload) = history is null
            ? (JournalEntryKind.EpisodeStarted, JournalPayload.Write(start, JournalPayload.Context.EpisodeStart))
            : (JournalEntryKind.EpisodeResumed, JournalPayload.Write(new($"Taken up after entry {_next - 1}."), JournalPayload.Context.Note));
        await AppendAsync(kind, payload).ConfigureAwait(false);
    }

    /// <summary>Begins a trial; what earlier runs paid in it for nothing is charged.</summary>
    internal void BeginTrial(int trial)
    {
        if (IsOn)
        {
            _trial = trial;
            Charge(_replay.TakeSpent());
        }
    }

    /// <summary>Returns what a phase led to in an earlier run; else runs it and records what it leads to.</summary>
    internal async ValueTask<T> OnceAsync<T>(JournalEntryKind kind, JsonTypeInfo<T> type, Func<CancellationToken, ValueTask<T>> phase, CancellationToken cancellationToken)
        where T : class
    {
        if (!IsOn)
        {
            return await phase(cancellationToken).ConfigureAwait(false);
        }

        if (Take(kind, type) is { } recorded)
        {
            return recorded;
        }

        T result = await phase(cancellationToken).ConfigureAwait(false);
        await CompleteAsync(kind, result, type).ConfigureAwait(false);
        return result;
    }

    /// <summary>Takes what a phase led to in an earlier run, or null.</summary>
    internal T? Take<T>(JournalEntryKind kind, JsonTypeInfo<T> type)
        where T : class
    {
        if (_replay.TakePhase(kind) is not { } recorded)
        {
            return null;
        }

        Charge(recorded.Calls);
        return JournalPayload.Read(recorded.Entry, type);
    }

    /// <summary>Records what a phase led to.</summary>
    internal async ValueTask CompleteAsync<T>(JournalEntryKind kind, T result, JsonTypeInfo<T> type)
    {
        Charge(_replay.TakeLeft(phasesToo: false));
        await AppendAsync(kind, result, type).ConfigureAwait(false);
        lock (_gate)
        {
            _asked.Clear();
        }
    }

    /// <summary>Records the end of the trial or of the episode.</summary>
    internal async ValueTask EndAsync<T>(JournalEntryKind kind, T end, JsonTypeInfo<T> type)
    {
        await CompleteAsync(kind, end, type).ConfigureAwait(false);
        _replay = new();
    }

    /// <summary>Charges the calls of earlier runs that this trial did not come to ask for.</summary>
    internal void ChargeLeft() => Charge(_replay.TakeLeft(phasesToo: true));

    /// <summary>Takes the steps of an actor whose work an earlier run completed.</summary>
    internal IEnumerable<AgentEvent> TakeSteps()
    {
        while (_replay.TakeStep() is { } entry)
        {
            yield return entry.Kind == JournalEntryKind.EnvironmentReset
                ? new EnvironmentReset(JournalPayload.Read(entry, JournalPayload.Context.Observation))
                : new StepCompleted(JournalPayload.Read(entry, JournalPayload.Context.TrajectoryStep));
        }
    }

    /// <summary>Records what the actor did, or compares it with what it did in an earlier run.</summary>
    /// <returns>How it differs from what was recorded, or null where it does not.</returns>
    internal async ValueTask<string?> ObserveAsync(AgentEvent happened)
    {
        (JournalEntryKind kind, string? payload) = happened switch
        {
            EnvironmentReset reset => (JournalEntryKind.EnvironmentReset, JournalPayload.Write(reset.Observation, JournalPayload.Context.Observation)),
            StepCompleted completed => (JournalEntryKind.StepCompleted, JournalPayload.Write(completed.Step, JournalPayload.Context.TrajectoryStep)),
            _ => (default, null),
        };
        if (payload is null)
        {
            return happened is ActorFinished && _replay.HasSteps ? "The actor ended before the steps that are recorded." : null;
        }

        if (_replay.TakeStep() is { } recorded)
        {
            return recorded.Kind == kind && recorded.Payload == payload ? null : $"{kind} differs from what is recorded in entry {recorded.Sequence}.";
        }

        await AppendAsync(kind, payload).ConfigureAwait(false);
        return null;
    }

    /// <summary>Whether an earlier run left anything of the actor's unfinished work.</summary>
    internal bool HasActing => IsOn && _replay.HasActing;

    /// <summary>Lets go what earlier runs recorded of the actor's unfinished work.</summary>
    internal async ValueTask RestartAsync(string reason)
    {
        _replay.Drop();
        Charge(_replay.TakeSpent());
        lock (_gate)
        {
            _asked.Clear();
        }

        _restart = reason;
        await AppendAsync(JournalEntryKind.TrialRestarted, new(reason), JournalPayload.Context.Note).ConfigureAwait(false);
    }

    /// <summary>Why the actor's work was restarted since this was last asked, or null.</summary>
    internal string? TakeRestart() => Interlocked.Exchange(ref _restart, null);

    /// <summary>Counts a request, so that the same one asked twice has two replies.</summary>
    internal (string Request, int Occurrence) Count(string request)
    {
        lock (_gate)
        {
            int occurrence = _asked.GetValueOrDefault(request);
            _asked[request] = occurrence + 1;
            return (request, occurrence);
        }
    }

    /// <summary>Takes a model call that an earlier run made, and charges it.</summary>
    internal ModelCall? TakeCall((string Request, int Occurrence) key)
    {
        ModelCall? call = _replay.TakeCall(key);
        if (call is not null)
        {
            _charge(call);
        }

        return call;
    }

    internal ToolCall? TakeTool((string Request, int Occurrence) key) => _replay.TakeTool(key);

    /// <summary>Adds an entry; returns when the journal has it.</summary>
    /// <exception cref="JournalException">It could not be added, or one before it could not.</exception>
    internal ValueTask AppendAsync<T>(JournalEntryKind kind, T payload, JsonTypeInfo<T> type) => AppendAsync(kind, JournalPayload.Write(payload, type));

    // What was paid is recorded even when the run is being cancelled, so no token gets here.
    private async ValueTask AppendAsync(JournalEntryKind kind, string payload)
    {
        await _turn.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (Fault is not null)
            {
                throw Fault;
            }

            int trial = kind is JournalEntryKind.EpisodeStarted or JournalEntryKind.EpisodeResumed or JournalEntryKind.EpisodeEnded ? 0 : _trial;
            await journal!.AppendAsync(new(episodeId, _next, trial, kind, time.GetUtcNow(), payload), CancellationToken.None).ConfigureAwait(false);
            _next++;
        }
        catch (JournalConflictException conflict)
        {
            Fault = conflict;
            throw;
        }
        catch (Exception fault) when (fault != Fault)
        {
            throw Fault = new($"The journal could not record that episode '{episodeId}' came to {kind}: {fault.Message} Nothing of it is half-written; run the episode again under its id to go on.", fault);
        }
        finally
        {
            _turn.Leave();
        }
    }

    private void Charge(ImmutableArray<ModelCall> calls)
    {
        foreach (ModelCall call in calls)
        {
            _charge(call);
        }
    }
}
