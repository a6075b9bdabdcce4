using System.Collections.Immutable;

namespace Reflexion;

/// <summary>One trial in progress: each phase of the loop is a method, and leaves its result here.</summary>
/// <param name="episode">The episode.</param>
/// <param name="number">The trial's number, from 1.</param>
/// <param name="elapsedBefore">How long earlier runs worked on it.</param>
internal sealed class RunningTrial(RunningEpisode episode, int number, TimeSpan elapsedBefore)
{
    private readonly AgentComponents _parts = episode.Parts;
    private readonly ImmutableArray<TrajectoryStep>.Builder _steps = ImmutableArray.CreateBuilder<TrajectoryStep>();
    private readonly EpisodeRecorder _recorder = episode.Run.Recorder;
    private readonly long _startedAt = episode.Parts.Time.GetTimestamp();
    private readonly UsageReport _usedBefore = episode.Usage;
    private readonly ImmutableArray<Trial> _earlier = episode.VisibleTrials;
    private DateTimeOffset _startTime = episode.Parts.Time.GetUtcNow();
    private ActorPrompt? _basePrompt;
    private Observation? _initialObservation;
    private ActorFinished? _finished;
    private Trajectory? _trajectory;
    private LessonDraft? _draft;
    private Lesson? _stored;
    private TimeSpan _duration;

    internal int Number => number;

    internal ImmutableArray<Lesson> Lessons { get; private set; } = [];

    internal ActorPrompt Prompt { get; private set; } = ActorPrompt.Empty;

    internal bool PromptWasRewritten { get; private set; }

    /// <summary>Whether the actor came to an end of its own, so that there is something to judge.</summary>
    internal bool CanBeJudged => _finished is { End: not TrajectoryEnd.AwaitsTools };

    internal TrajectoryEvaluation? Evaluation { get; private set; }

    internal TrajectoryEvaluation? HeldOutEvaluation { get; private set; }

    internal AgentEvent? LessonEvent { get; private set; }

    internal bool IsWorthReflecting => UsesLessons && (Evaluation!.Success
        ? episode.Agent.LearnFromSuccess
        : !episode.HasEnded || episode.Agent.ReflectAfterLastTrial);

    private TimeSpan Elapsed => elapsedBefore + _parts.Time.GetElapsedTime(_startedAt);

    private bool UsesLessons => episode.Agent.Strategy.Reflects();

    private double? DeltaG => _earlier.Length > 0 && _earlier[^1].Return is { } before && Evaluation?.Score is { } now ? now - before : null;

    internal async ValueTask RecallAsync(CancellationToken cancellationToken)
    {
        if (!UsesLessons || episode.Agent.MaxLessonsInPrompt == 0)
        {
            return;
        }

        using MemoryTelemetry telemetry = MemoryTelemetry.Start("search_memory");
        Lessons = (await _recorder.OnceAsync(JournalEntryKind.LessonsRecalled, JournalPayload.Context.RecalledLessons, FindLessonsAsync, cancellationToken).ConfigureAwait(false)).Lessons;
        if (Lessons.Length > 0)
        {
            await _parts.Memory.RecordUseAsync(Use(deltaG: null), cancellationToken).ConfigureAwait(false);
        }
    }

    internal ValueTask CreatePromptAsync(CancellationToken cancellationToken)
    {
        Prompt = _basePrompt = _parts.Actor.CreatePrompt(episode.Task)
            ?? throw new InvalidOperationException($"{_parts.Actor.GetType().Name} returned no prompt; return {nameof(ActorPrompt)}.{nameof(ActorPrompt.Empty)} where there is nothing to say.");
        return ValueTask.CompletedTask;
    }

    internal async ValueTask RewritePromptAsync(CancellationToken cancellationToken)
    {
        TrialStart start = await _recorder.OnceAsync(JournalEntryKind.TrialStarted, JournalPayload.Context.TrialStart, RewriteAsync, cancellationToken).ConfigureAwait(false);
        (Prompt, PromptWasRewritten, _startTime) = (start.Prompt, start.WasRewritten, start.StartedAt);
    }

    private async ValueTask<RecalledLessons> FindLessonsAsync(CancellationToken cancellationToken)
    {
        var query = new LessonQuery(episode.Scope)
        {
            Breadth = episode.Agent.LessonBreadth,
            Limit = episode.Agent.MaxLessonsInPrompt,
            Text = episode.Agent.LessonBreadth == LessonBreadth.Task ? null : episode.Task.Instruction,
        };
        return new([.. await _parts.Memory.RecallAsync(query, cancellationToken).ConfigureAwait(false)]);
    }

    private async ValueTask<TrialStart> RewriteAsync(CancellationToken cancellationToken)
    {
        var context = new RetrospectiveContext { Task = episode.Task, BasePrompt = _basePrompt!, Lessons = Lessons, Trials = _earlier, Run = episode.Run };
        ActorPrompt prompt = await _parts.RetrospectiveModel.RewriteAsync(context, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"{_parts.RetrospectiveModel.GetType().Name} returned no prompt; return the base prompt where there is nothing to add.");
        if (prompt.Parts.Any(part => part.Kind == PromptPartKind.Refinement && ReferenceLeak.IsIn(part.Text, episode.Secrets)))
        {
            LoopLog.RefinementRejected(_parts.Logger, episode.Run.EpisodeId, number);
            prompt = await new LessonRenderer().RewriteAsync(context, cancellationToken).ConfigureAwait(false);
        }

        return new(prompt, !ReferenceEquals(prompt, _basePrompt), _startTime);
    }

    /// <summary>Lets the actor act, and keeps what it does; a trial broken off keeps the steps made.</summary>
    internal async IAsyncEnumerable<AgentEvent> ActAsync()
    {
        var context = new ActorContext { Task = episode.Task, Prompt = Prompt, Trial = number, Run = episode.Run };
        JournaledActor? journaled = _recorder.IsOn ? new(_parts.Actor, _recorder, () => Elapsed) : null;
        IActor actor = journaled ?? _parts.Actor;
        IAsyncEnumerator<AgentEvent>? acting = null;
        bool moved = false;
        Func<CancellationToken, ValueTask> advance = async token =>
        {
            // Started here, where what an actor throws before its first event is caught as well.
            acting ??= actor.ActAsync(context, token).GetAsyncEnumerator(token);
            moved = await acting.MoveNextAsync().ConfigureAwait(false);
        };
        try
        {
            while (_finished is null && await episode.TryAsync(AgentComponent.Actor, advance).ConfigureAwait(false))
            {
                if (!moved)
                {
                    episode.Fail(AgentComponent.Actor, new InvalidOperationException($"{_parts.Actor.GetType().Name} ended without an {nameof(ActorFinished)} event; an actor yields exactly one, last."));
                    break;
                }

                switch (acting!.Current)
                {
                    case ActorFinished finished:
                        _finished = finished;
                        episode.HandOn(finished);
                        break;
                    case StepCompleted completed:
                        _steps.Add(completed.Step);
                        yield return completed;
                        break;
                    case EnvironmentReset reset:
                        _initialObservation = reset.Observation;
                        yield return reset;
                        break;
                    case TrialRestarted restarted:
                        _steps.Clear();
                        _initialObservation = null;
                        LoopLog.TrialRestarted(_parts.Logger, episode.Run.EpisodeId, number, restarted.Reason);
                        yield return restarted;
                        break;
                    case AgentEvent other:
                        yield return other;
                        break;
                }
            }
        }
        finally
        {
            try
            {
                if (acting is not null)
                {
                    await acting.DisposeAsync().ConfigureAwait(false);
                }
            }
            catch (Exception fault)
            {
                episode.Fail(AgentComponent.Actor, fault);
            }
        }

        _trajectory = new()
        {
            Steps = _steps.DrainToImmutable(),
            InitialObservation = _initialObservation,
            Answer = _finished?.Answer,
            End = _finished?.End ?? episode.BrokenOff,
            EndDetail = _finished is null ? episode.BrokenOffDetail : _finished.Detail,
        };
        _duration = journaled?.Duration ?? Elapsed;
    }

    internal async ValueTask EvaluateAsync(CancellationToken cancellationToken)
    {
        Verdict verdict = await _recorder.OnceAsync(JournalEntryKind.TrialEvaluated, JournalPayload.Context.Verdict, JudgeAsync, cancellationToken).ConfigureAwait(false);
        Evaluation = verdict.Evaluation;
        _duration = verdict.Duration;
        episode.CheckStopConditions(this, verdict.Stop);
    }

    private async ValueTask<Verdict> JudgeAsync(CancellationToken cancellationToken)
    {
        TrajectoryEvaluation verdict = await _parts.Evaluator.EvaluateAsync(ToEvaluate(episode.Run), cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"{_parts.Evaluator.GetType().Name} returned no evaluation; return one with a score of 0 for a trial that is worth nothing.");

        // The feedback reaches reflector and actor, and an evaluator may know the answer.
        Evaluation = ReferenceLeak.Withhold(verdict, episode.Secrets);
        _duration = Elapsed;
        EpisodeTelemetry.Evaluated(episode.Run, number, Evaluation, DeltaG);
        return new(Evaluation, episode.CheckStopConditions(this), _duration);
    }

    /// <summary>Asks the held-out evaluator. It only measures: what goes wrong with it is logged, and the episode goes on.</summary>
    internal async ValueTask EvaluateHeldOutAsync(CancellationToken cancellationToken)
    {
        if (_parts.HeldOutEvaluator is not null)
        {
            HeldOutVerdict verdict = await _recorder.OnceAsync(JournalEntryKind.HeldOutEvaluated, JournalPayload.Context.HeldOutVerdict, MeasureAsync, cancellationToken).ConfigureAwait(false);
            HeldOutEvaluation = verdict.Evaluation;
        }
    }

    private async ValueTask<HeldOutVerdict> MeasureAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new(await _parts.HeldOutEvaluator!.EvaluateAsync(ToEvaluate(episode.HeldOutRun!), cancellationToken).ConfigureAwait(false));
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LoopLog.HeldOutEvaluatorFailed(_parts.Logger, fault, episode.Run.EpisodeId, number);
            return new(null);
        }
    }

    internal ValueTask CreditAsync(CancellationToken cancellationToken) =>
        Lessons.Length > 0 && DeltaG is { } delta ? _parts.Memory.RecordUseAsync(Use(delta), cancellationToken) : ValueTask.CompletedTask;

    internal async ValueTask ReflectAsync(CancellationToken cancellationToken) =>
        _draft = (await _recorder.OnceAsync(JournalEntryKind.LessonDrafted, JournalPayload.Context.Draft, DraftAsync, cancellationToken).ConfigureAwait(false)).Lesson;

    private async ValueTask<Draft> DraftAsync(CancellationToken cancellationToken)
    {
        var context = new ReflectionContext { Task = episode.Task, Trial = ToTrial(), Lessons = Lessons, Run = episode.Run };
        return new(await _parts.Reflector.ReflectAsync(context, cancellationToken).ConfigureAwait(false));
    }

    internal async ValueTask StoreLessonAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(_draft?.Text))
        {
            LoopLog.NothingLearnt(_parts.Logger, episode.Run.EpisodeId, number);
            return;
        }

        // Decided first: filing the same lesson of the same time again changes nothing.
        using MemoryTelemetry telemetry = MemoryTelemetry.Start("update_memory");
        (Lesson lesson, string? reason, DateTimeOffset at) = await _recorder
            .OnceAsync(JournalEntryKind.LessonDecided, JournalPayload.Context.LessonDecision, DecideAsync, cancellationToken).ConfigureAwait(false);
        if (reason is not null)
        {
            await _parts.Memory.QuarantineAsync(new(lesson, reason, at), cancellationToken).ConfigureAwait(false);
            LessonEvent = new LessonRejected(number, lesson, reason);
            LoopLog.LessonRejected(_parts.Logger, episode.Run.EpisodeId, number, reason);
            EpisodeTelemetry.LessonWritten("quarantined");
        }
        else
        {
            _stored = await _parts.Memory.AddAsync(lesson, cancellationToken).ConfigureAwait(false);
            LessonEvent = new LessonLearned(number, _stored);
            EpisodeTelemetry.LessonWritten("stored");
        }
    }

    private async ValueTask<LessonDecision> DecideAsync(CancellationToken cancellationToken)
    {
        Lesson lesson = ToLesson(_draft!);
        var context = new LessonGuardContext { Lesson = lesson, Task = episode.Task, Trajectory = _trajectory!, References = episode.Options.References };
        string? reason = await _parts.Guard.InspectAsync(context, cancellationToken).ConfigureAwait(false);
        return new(lesson, reason, _parts.Time.GetUtcNow());
    }

    /// <summary>The trial as it stands, without the held-out verdict.</summary>
    internal Trial ToTrial() => new()
    {
        Number = number,
        Prompt = Prompt,
        RecalledLessonIds = [.. Lessons.Select(lesson => lesson.Id)],
        Trajectory = _trajectory!,
        Evaluation = Evaluation,
        DeltaG = DeltaG,
        Lesson = _stored,
        StartedAt = _startTime,
        Duration = _duration,
        Usage = episode.Usage.Since(_usedBefore),
    };

    private EvaluationContext ToEvaluate(EpisodeRun run) =>
        new() { Task = episode.Task, Trajectory = _trajectory!, References = episode.Options.References, Run = run };

    private LessonUse Use(double? deltaG) => new(episode.Run.EpisodeId, number, [.. Lessons.Select(lesson => lesson.Id)], deltaG);

    private Lesson ToLesson(LessonDraft draft)
    {
        var provenance = new LessonProvenance(episode.Run.EpisodeId, number, _parts.Time.GetUtcNow())
        {
            ModelId = draft.ModelId,
            PromptHash = draft.PromptHash,
            FromSuccess = Evaluation!.Success,
        };
        return new(episode.Scope, Short(draft.Text), provenance)
        {
            RootCause = draft.RootCause is null ? null : Short(draft.RootCause),
            Plan = draft.Plan is null ? null : Short(draft.Plan),
            Integrity = MaterialIntegrity.Worst(MaterialIntegrity.Of(episode.Task, _trajectory), LessonSection.IntegrityOf(Lessons)),
        };
    }

    private string Short(string text) => Clip.AtBoundary(text.Trim(), episode.Agent.MaxLessonCharacters);
}
