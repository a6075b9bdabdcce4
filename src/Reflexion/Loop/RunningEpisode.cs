using System.Collections.Immutable;
using System.Diagnostics;

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
    private readonly DateTimeOffset _startTime;
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
        Run = new(options.EpisodeId ?? parts.NewEpisodeId(), agent.Name, new(budget, options.SharedBudget), parts.Time, options.Seed, streams);
        HeldOutRun = parts.HeldOutEvaluator is null ? null : new(Run.EpisodeId, agent.Name, new(budget), parts.Time, options.Seed);
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

    internal CancellationToken Token => _linked.Token;

    /// <summary>The trials so far, without the held-out verdicts: all that components of the agent may see.</summary>
    internal ImmutableArray<Trial> VisibleTrials => _trials.ToImmutable();

    /// <summary>What was used so far, measuring included.</summary>
    internal UsageReport Usage => HeldOutRun?.Ledger.Snapshot().Total is { Calls: > 0 } measuring
        ? Run.Ledger.Snapshot().Plus(AgentComponent.HeldOutEvaluator, measuring)
        : Run.Ledger.Snapshot();

    internal RunningTrial BeginTrial() => new(this, _trials.Count + 1);

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
            return true;
        }
        catch (Exception fault) when (_callersToken.IsCancellationRequested && CauseOf<OperationCanceledException>(fault) is not null)
        {
            EpisodeTelemetry.Cancel(_activity);
            throw new OperationCanceledException("The run was cancelled.", _callersToken);
        }
        catch (Exception fault)
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

    internal void CheckStopConditions(RunningTrial trial)
    {
        if (_stop is null)
        {
            try
            {
                var progress = new EpisodeProgress(Task, [.. _trials, trial.ToTrial()], Run.Ledger.Snapshot(), Parts.Time.GetElapsedTime(_startedAt));
                _stop = Parts.StopCondition.Check(progress);
            }
            catch (Exception fault)
            {
                Fail(AgentComponent.StopCondition, fault);
            }
        }
    }

    /// <summary>Files a trial.</summary>
    /// <returns>The trial, with its held-out verdict.</returns>
    internal Trial EndTrial(RunningTrial running)
    {
        Trial trial = running.ToTrial();
        _trials.Add(trial);
        if (running.HeldOutEvaluation is { } heldOut)
        {
            _heldOut[trial.Number] = heldOut;
        }

        EpisodeTelemetry.TrialEnded(_activity, Run, trial);
        LoopLog.TrialEnded(Parts.Logger, Run.EpisodeId, trial.Number, trial.Trajectory.End, trial.Return, trial.Evaluation?.Success ?? false);
        return WithHeldOut(trial);
    }

    internal Episode End()
    {
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
            Duration = Parts.Time.GetElapsedTime(_startedAt),
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
        StopDecision decision = Classify(component, fault);
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
