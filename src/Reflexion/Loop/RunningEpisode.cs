using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;

namespace Reflexion;

/// <summary>The state of one run of the loop: its trials, its limits, and why it ends.</summary>
internal sealed class RunningEpisode : IDisposable
{
    private readonly ImmutableArray<Trial>.Builder _trials = ImmutableArray.CreateBuilder<Trial>();
    private readonly Dictionary<int, TrajectoryEvaluation> _heldOut = [];
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _linked;
    private readonly CancellationToken _callersToken;
    private readonly long _startedAt;
    private readonly EpisodeRecorder _recorder;
    private DateTimeOffset _startTime;
    private TimeSpan _elapsedBefore;
    private Episode? _recorded;
    private int _ended;
    private readonly Activity? _activity;
    private StopDecision? _stop;
    private EpisodeFailure? _failure;

    internal RunningEpisode(
        AgentComponents parts, ReflexionAgentOptions agent, AgentTask task, EpisodeOptions options, bool streams, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Parts = parts;
        Agent = agent;
        Task = task;
        Options = options;
        EpisodeBudget budget = options.Budget ?? agent.Budget;
        string id = options.EpisodeId ?? parts.NewEpisodeId();
        _recorder = parts.Journal is null ? EpisodeRecorder.None : new(parts.Journal, id, parts.Time);
        BudgetLedger ledger = parts.Journal is null ? new(budget, options.SharedBudget) : BudgetLedger.OfEpisode(id, budget, options.SharedBudget);
        Run = new(id, agent.Name, ledger, parts.Time, options.Seed, streams) { Recorder = _recorder };
        HeldOutRun = parts.HeldOutEvaluator is null ? null : new(id, agent.Name, new(budget), parts.Time, options.Seed) { Recorder = _recorder, IsHeldOut = true };
        Secrets = ReferenceLeak.Telling(options.References, task);
        Scope = new(options.Tenant, agent.Name, task.Id);
        _callersToken = cancellationToken;
        _deadline = new(budget.MaxDuration, parts.Time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, options.StopToken, _deadline.Token);
        _startedAt = parts.Time.GetTimestamp();
        _startTime = parts.Time.GetUtcNow();
        _activity = EpisodeTelemetry.Start(Run, task);
        LoopLog.EpisodeStarted(parts.Logger, Run.EpisodeId, agent.Name, task.Id, agent.Strategy);
        CheckRequestedStop();
    }

    internal AgentComponents Parts { get; }

    internal ReflexionAgentOptions Agent { get; }

    internal AgentTask Task { get; }

    internal EpisodeOptions Options { get; }

    internal EpisodeRun Run { get; }

    /// <summary>The run that a held-out evaluator is charged to, so that measuring takes nothing from the agent; null without one.</summary>
    internal EpisodeRun? HeldOutRun { get; }

    internal LessonScope Scope { get; }

    /// <summary>The references that no part of the agent may be told.</summary>
    internal ImmutableArray<string> Secrets { get; }

    internal bool HasEnded => _stop is not null;

    /// <summary>Tells of the earlier run that this one takes up; null where there is none.</summary>
    internal EpisodeResumed? Resumed { get; private set; }

    /// <summary>How long earlier runs worked on the trial in progress.</summary>
    internal TimeSpan TrialElapsedBefore { get; private set; }

    internal CancellationToken Token => _linked.Token;

    /// <summary>The trials so far, without the held-out verdicts: all that components of the agent may see.</summary>
    internal ImmutableArray<Trial> VisibleTrials => _trials.ToImmutable();

    /// <summary>What was used so far, measuring included.</summary>
    internal UsageReport Usage => HeldOutRun?.Ledger.Snapshot().Total is { Calls: > 0 } measuring
        ? Run.Ledger.Snapshot().Plus(AgentComponent.HeldOutEvaluator, measuring)
        : Run.Ledger.Snapshot();

    private TimeSpan Elapsed => _elapsedBefore + Parts.Time.GetElapsedTime(_startedAt);

    /// <summary>Takes up what the journal knows of the episode.</summary>
    /// <exception cref="EpisodeMismatchException">The journal knows it as another one.</exception>
    internal async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (Parts.Journal is null)
        {
            return;
        }

        EpisodeHistory? history = await _recorder.ReadAsync(cancellationToken).ConfigureAwait(false);
        var start = EpisodeStart.Of(this, _startTime);
        if (history is not null)
        {
            Restore(history, start);
        }

        if (_recorded is null)
        {
            await _recorder.OpenAsync(start, history, Charge).ConfigureAwait(false);
        }
    }

    internal RunningTrial BeginTrial()
    {
        var trial = new RunningTrial(this, _trials.Count + 1, TrialElapsedBefore);
        TrialElapsedBefore = default;
        _recorder.BeginTrial(trial.Number);
        return trial;
    }

    /// <summary>Runs one phase. What goes wrong in it ends the episode; only the caller's own cancellation is thrown.</summary>
    /// <returns>Whether the phase completed.</returns>
    internal async ValueTask<bool> TryAsync(AgentComponent component, Func<CancellationToken, ValueTask> phase)
    {
        // An async iterator resumes in its reader's context; the span has to be made current for each phase.
        Activity.Current = _activity ?? Activity.Current;
        try
        {
            Token.ThrowIfCancellationRequested();
            await phase(Token).ConfigureAwait(false);
            return _recorder.Fault is null ? true : throw _recorder.Fault;
        }
        catch (Exception fault) when (_callersToken.IsCancellationRequested && CauseOf<OperationCanceledException>(fault) is not null)
        {
            EpisodeTelemetry.Cancel(_activity);
            throw new OperationCanceledException("The run was cancelled.", _callersToken);
        }
        catch (Exception fault) when (fault is not EpisodeMismatchException)
        {
            Fail(component, fault);
            return false;
        }
    }

    /// <summary>Ends the episode where the actor's model called tools that the caller runs.</summary>
    internal void HandOn(ActorFinished finished)
    {
        if (finished.End == TrajectoryEnd.AwaitsTools)
        {
            _stop ??= new(StopReason.AwaitsTools, "Tools are to be called before there is an answer to judge.");
        }
    }

    /// <summary>Decides whether the episode ends with a trial, unless an earlier run did.</summary>
    /// <returns>Why it ends; null where it goes on, or a condition failed.</returns>
    internal StopDecision? CheckStopConditions(RunningTrial trial, StopDecision? recorded = null)
    {
        _stop ??= recorded;
        if (_stop is null)
        {
            try
            {
                var progress = new EpisodeProgress(Task, [.. _trials, trial.ToTrial()], Run.Ledger.Snapshot(), Elapsed);
                return _stop = Parts.StopCondition.Check(progress);
            }
            catch (Exception fault)
            {
                Fail(AgentComponent.StopCondition, fault);
            }
        }

        return null;
    }

    /// <summary>Files a trial.</summary>
    /// <returns>The trial, with its held-out verdict.</returns>
    internal async ValueTask<Trial> EndTrialAsync(RunningTrial running)
    {
        _recorder.ChargeLeft();
        Trial trial = running.ToTrial();
        _trials.Add(trial);
        if (running.HeldOutEvaluation is { } heldOut)
        {
            _heldOut[trial.Number] = heldOut;
        }

        EpisodeTelemetry.TrialEnded(_activity, Run, trial);
        LoopLog.TrialEnded(Parts.Logger, Run.EpisodeId, trial.Number, trial.Trajectory.End, trial.Return, trial.Evaluation?.Success ?? false);
        trial = WithHeldOut(trial);
        if (_recorder is { IsOn: true, Fault: null } && IsOver)
        {
            await RecordAsync(JournalEntryKind.TrialEnded, new(trial, _stop), JournalPayload.Context.TrialEnd).ConfigureAwait(false);
            _ended = _trials.Count;
        }

        return trial;
    }

    internal async ValueTask<Episode> EndAsync()
    {
        if (_recorded is not null)
        {
            return _recorded;
        }

        Trial? unfinished = IsOver || _trials.Count == _ended ? null : WithHeldOut(_trials[^1]);
        if (_recorder is { IsOn: true, Fault: null })
        {
            await RecordAsync(JournalEntryKind.EpisodeEnded, new(_stop!, _failure, Elapsed, Usage, unfinished), JournalPayload.Context.EpisodeEnd).ConfigureAwait(false);
        }

        var episode = new Episode
        {
            Id = Run.EpisodeId,
            Task = Task,
            Strategy = Agent.Strategy,
            Trials = [.. _trials.Select(WithHeldOut)],
            StopReason = _stop!.Reason,
            StopDetail = _stop.Detail,
            Failure = _failure,
            StartedAt = _startTime,
            Duration = Elapsed,
            Usage = Usage,
        };
        EpisodeTelemetry.End(_activity, Run, episode);
        LoopLog.EpisodeEnded(Parts.Logger, episode.Id, episode.StopReason, episode.Trials.Length, episode.StopDetail);
        return episode;
    }

    public void Dispose()
    {
        _activity?.Dispose();
        _linked.Dispose();
        _deadline.Dispose();
    }

    /// <summary>Why a trial in progress was broken off.</summary>
    internal TrajectoryEnd BrokenOff => _stop?.Reason switch
    {
        StopReason.Budget => TrajectoryEnd.Budget,
        StopReason.Stopped => TrajectoryEnd.Stopped,
        _ => TrajectoryEnd.Failed,
    };

    internal string? BrokenOffDetail => _stop?.Detail;

    private Trial WithHeldOut(Trial trial) => _heldOut.TryGetValue(trial.Number, out TrajectoryEvaluation? verdict) ? trial with { HeldOutEvaluation = verdict } : trial;

    private void CheckRequestedStop()
    {
        if (Options.StopToken.IsCancellationRequested)
        {
            _stop = new(StopReason.Stopped, "The caller asked to stop.");
        }
    }

    internal void Fail(AgentComponent component, Exception fault)
    {
        if (_recorder.Fault is { } broken)
        {
            if (_failure?.Exception == broken)
            {
                return;
            }

            // Whatever came of it, the journal failed first; and an end that is not recorded is none.
            (component, fault) = (AgentComponent.Journal, broken);
            _stop = null;
        }

        StopDecision decision = Classify(component, fault);
        if (component == AgentComponent.Memory && _recorder.IsOn && !EpisodeEnd.IsFinal(decision.Reason))
        {
            // What the memory was not told would be lost, were the episode over for good; the run that takes it up tells it again.
            _stop = null;
        }

        if (_stop is null)
        {
            _stop = decision;
            _failure = decision.Reason == StopReason.Failed ? new(component, fault.Message, fault) : null;
        }

        if (decision.Reason == StopReason.Failed)
        {
            LoopLog.ComponentFailed(Parts.Logger, fault, Run.EpisodeId, component);
        }
    }

    /// <summary>Whether what ended so far is over for good, so that no later run goes on with it.</summary>
    private bool IsOver => _stop is null || EpisodeEnd.IsFinal(_stop.Reason);

    private void Restore(EpisodeHistory history, EpisodeStart start)
    {
        if (start.DifferenceFrom(history.Start) is { Length: > 0 } differences)
        {
            throw new EpisodeMismatchException(Run.EpisodeId, differences);
        }

        _startTime = history.Start.StartedAt;
        foreach (Trial trial in history.Trials)
        {
            Restore(trial);
        }

        Resumed = new(Run.EpisodeId, history.Trials);
        if (history.IsFinal)
        {
            _recorded = history.ToEpisode()! with { Task = Task };
            _stop = history.End!.Stop;
            return;
        }

        _stop ??= history.Stop;
        _elapsedBefore = history.Elapsed;
        TrialElapsedBefore = history.TrialElapsed;
        _ended = _trials.Count;
        TimeSpan left = Run.Ledger.Budget.MaxDuration - _elapsedBefore;
        if (left > TimeSpan.Zero)
        {
            _deadline.CancelAfter(left);
        }
        else
        {
            // A timer of no time would fire some steps later.
            _deadline.Cancel();
        }

        LoopLog.EpisodeResumed(Parts.Logger, Run.EpisodeId, _trials.Count, _elapsedBefore);
    }

    private void Restore(Trial trial)
    {
        _trials.Add(trial with { HeldOutEvaluation = null });
        if (trial.HeldOutEvaluation is { } heldOut)
        {
            _heldOut[trial.Number] = heldOut;
        }

        foreach ((AgentComponent component, ComponentUsage usage) in trial.Usage.ByComponent)
        {
            LedgerOf(component == AgentComponent.HeldOutEvaluator).Charge(component, usage);
        }
    }

    private void Charge(ModelCall call) => LedgerOf(call.HeldOut).Charge(call.Component, call.Usage);

    private BudgetLedger LedgerOf(bool heldOut) => heldOut && HeldOutRun is not null ? HeldOutRun.Ledger : Run.Ledger;

    /// <summary>Records an end. That the journal failed is then the end itself.</summary>
    private async ValueTask RecordAsync<T>(JournalEntryKind kind, T end, JsonTypeInfo<T> type)
    {
        try
        {
            await _recorder.EndAsync(kind, end, type).ConfigureAwait(false);
        }
        catch (JournalException fault)
        {
            Fail(AgentComponent.Journal, fault);
        }
    }

    private StopDecision Classify(AgentComponent component, Exception fault)
    {
        if (CauseOf<BudgetExhaustedException>(fault) is { } exhausted)
        {
            return new(StopReason.Budget, exhausted.Message);
        }

        bool cancelled = CauseOf<OperationCanceledException>(fault) is not null;
        if (cancelled && Options.StopToken.IsCancellationRequested)
        {
            return new(StopReason.Stopped, "The caller asked to stop.");
        }

        if (cancelled && _deadline.IsCancellationRequested)
        {
            return new(StopReason.Budget, $"The episode has run for the {Run.Ledger.Budget.MaxDuration} it may; raise {nameof(EpisodeBudget)}.{nameof(EpisodeBudget.MaxDuration)} to allow more.");
        }

        return new(StopReason.Failed, $"The {component} failed: {fault.Message}");
    }

    // Clients wrap what ended a call in faults of their own.
    private static T? CauseOf<T>(Exception fault)
        where T : Exception
    {
        Exception? cause = fault;
        while (cause is not null and not T)
        {
            cause = cause.InnerException;
        }

        return cause as T;
    }
}
