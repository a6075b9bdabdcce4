using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>One training in progress: each phase is a method, and what it changes is in the state that checkpoints keep.</summary>
internal sealed class TrainingRun : IAsyncDisposable
{
    private const long HeldOutSeeds = 1;
    private const long UpdateSeeds = 2;

    private readonly TrainingParts _parts;
    private readonly RetrospectiveTrainerOptions _options;
    private readonly TrainingFolder _folder;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly PromotionGate _gate;
    private readonly List<PromotionDecision> _decisions = [];
    private readonly TrainingLog _log;
    private readonly bool _wasOver;
    private HeldOutFailures? _heldOut;
    private TrainingState _state;
    private TrainingEnd? _end;
    private TimeSpan _collectTime;
    private long _updateStart;

    private TrainingRun(TrainingParts parts, TrainingFolder folder, TrainingState state, IProgress<TrainingProgress>? progress)
    {
        (_parts, _options, _folder, _state, _progress) = (parts, parts.Options, folder, state, progress);
        _gate = new(_options.Gate);
        _log = new(_options.LogPath, state.LogBytes);
        _wasOver = state.End is { } end && (end != TrainingEnd.Completed || state.Update >= _options.Updates);
        _end = _wasOver ? state.End : AfterUpdates();
    }

    /// <summary>Whether an early stop holds or all updates are made.</summary>
    public bool HasEnded => _end is not null;

    private SeedTree Seeds => new(_options.Seed);

    private SeedTree Next => Seeds.At(UpdateSeeds).At(_state.Update + 1);

    /// <summary>Begins a training, or takes it up where its folder says it stood.</summary>
    public static async Task<TrainingRun> OpenAsync(TrainingParts parts, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        string training = TrainingFingerprint.Of(parts.Options, parts.HeldOut is not null, parts.HasRewardModel);
        var folder = new TrainingFolder(parts.Options.CheckpointFolder);
        TrainingRun? run = null;
        try
        {
            TrainingState? state = await folder.ReadAsync(training, cancellationToken).ConfigureAwait(false);
            run = new TrainingRun(parts, folder, state ?? new() { Training = training }, progress);
            await (state is null ? run.BeginAsync(cancellationToken) : run.TakeUpAsync(cancellationToken)).ConfigureAwait(false);
            return run;
        }
        catch
        {
            if (run is null)
            {
                folder.Dispose();
            }
            else
            {
                await run.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    /// <summary>Collects failures, samples refinements for them, and retries with each and without.</summary>
    public async Task<ImmutableArray<RefinementGroup>> CollectAsync(CancellationToken cancellationToken)
    {
        long start = _options.Time.GetTimestamp();
        ImmutableArray<FailedAttempt> failures = await _parts.Source.CollectAsync(_options.FailuresPerUpdate, Next.At(0).Seed, cancellationToken).ConfigureAwait(false);
        if (failures.IsEmpty)
        {
            _end = TrainingEnd.NoFailures;
            return [];
        }

        ImmutableArray<RefinementGroup> groups = await _parts.Rollouts.RunAsync(_parts.Source, failures, Next.At(1), cancellationToken).ConfigureAwait(false);
        _collectTime = _options.Time.GetElapsedTime(start);
        return groups;
    }

    /// <summary>Works out advantages, and stops before the update where the policy has gone too far from the reference.</summary>
    public ScoredBatch Score(ImmutableArray<RefinementGroup> groups)
    {
        _updateStart = _options.Time.GetTimestamp();
        ScoredBatch batch = _parts.Scorer.Score(groups, _parts.Adapter.Hash, Next.At(2));
        _end ??= batch.Metrics.Kl > _options.MaxKl ? TrainingEnd.KlLimit : null;
        return batch;
    }

    /// <summary>Updates the weights.</summary>
    public async Task UpdateAsync(ImmutableArray<RefinementGroup> groups, ScoredBatch batch, CancellationToken cancellationToken)
    {
        UpdateMetrics metrics = _parts.Updater.Update(batch, Next.At(3), cancellationToken) with
        {
            CollectTime = _collectTime,
            UpdateTime = _options.Time.GetElapsedTime(_updateStart),
        };
        _state = _state with { Update = _state.Update + 1 };
        await TellAsync(new PolicyUpdated(_state.Update, _options.Updates, metrics, [.. groups.SelectMany(group => group.Samples)]), cancellationToken).ConfigureAwait(false);
        _end = AfterUpdates();
    }

    /// <summary>Compares the policy with the incumbent, where that is due.</summary>
    public Task EvaluateAsync(CancellationToken cancellationToken) =>
        _heldOut is not null && _state.Update % _options.EvaluateEvery == 0 ? CompareAsync(_heldOut, cancellationToken) : Task.CompletedTask;

    /// <summary>Keeps weights and state, where that is due.</summary>
    public Task SaveAsync(CancellationToken cancellationToken) =>
        _state.Update % _options.CheckpointEvery == 0 || _state.EvaluatedUpdate == _state.Update ? KeepAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Evaluates the last policy, and takes the adapter back to the incumbent where another one is.</summary>
    public async Task<RetrospectiveTrainingResult> EndAsync(CancellationToken cancellationToken)
    {
        if (_heldOut is not null && _state.EvaluatedUpdate != _state.Update)
        {
            await CompareAsync(_heldOut, cancellationToken).ConfigureAwait(false);
        }

        _state = _state with { End = _end, IncumbentUpdate = _parts.HeldOut is null ? _state.Update : _state.IncumbentUpdate };
        await KeepAsync(cancellationToken).ConfigureAwait(false);
        bool isRolledBack = _state.IncumbentUpdate != _state.Update;
        if (isRolledBack)
        {
            await _folder.LoadAsync(_state.Incumbent, _parts.Policy, cancellationToken).ConfigureAwait(false);
        }

        var result = new RetrospectiveTrainingResult(_end!.Value, _state.Update, _parts.Adapter.Hash, _state.IncumbentUpdate, [.. _decisions]);
        if (!_wasOver)
        {
            await TellAsync(new TrainingEnded(_state.Update, result.End, result.AdapterHash, isRolledBack ? _state.IncumbentUpdate : null), cancellationToken).ConfigureAwait(false);
            await KeepAsync(cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync().ConfigureAwait(false);
        _folder.Dispose();
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        await _folder.SaveReferenceAsync(_parts.Reference, cancellationToken).ConfigureAwait(false);
        await CollectHeldOutAsync(cancellationToken).ConfigureAwait(false);
        await RateIncumbentAsync(cancellationToken).ConfigureAwait(false);
        await KeepAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task TakeUpAsync(CancellationToken cancellationToken)
    {
        _parts.UseReference(_folder.LoadReference(_parts.Model));
        if (!_wasOver)
        {
            await CollectHeldOutAsync(cancellationToken).ConfigureAwait(false);
            if (_heldOut is not null && !_heldOut.Ids.SequenceEqual(_state.HeldOutIds))
            {
                // An actor that fails elsewhere than before: returns on other failures cannot be compared.
                await _folder.LoadAsync(_state.Incumbent, _parts.Policy, cancellationToken).ConfigureAwait(false);
                await RateIncumbentAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        await _folder.LoadAsync(_state.Policy, _parts.Policy, cancellationToken).ConfigureAwait(false);
    }

    private async Task RateIncumbentAsync(CancellationToken cancellationToken)
    {
        if (_heldOut is not null)
        {
            double[] returns = await _heldOut.EvaluateAsync(_parts.Rollouts, cancellationToken).ConfigureAwait(false);
            double without = await _heldOut.NullReturnAsync(_parts.Rollouts, cancellationToken).ConfigureAwait(false);
            _state = _state with { HeldOutIds = _heldOut.Ids, IncumbentReturns = [.. returns], HeldOutNullReturn = without };
        }
    }

    private async Task CollectHeldOutAsync(CancellationToken cancellationToken) => _heldOut = _parts.HeldOut is { } source
        ? await HeldOutFailures.CollectAsync(source, _options.HeldOutFailures, Seeds.At(HeldOutSeeds), cancellationToken).ConfigureAwait(false)
        : null;

    private async Task CompareAsync(HeldOutFailures heldOut, CancellationToken cancellationToken)
    {
        double[] candidate = await heldOut.EvaluateAsync(_parts.Rollouts, cancellationToken).ConfigureAwait(false);
        PromotionDecision decision = _gate.Decide(heldOut.TaskIds, _state.IncumbentReturns, candidate);
        _decisions.Add(decision);
        _state = _state with
        {
            EvaluatedUpdate = _state.Update,
            Regresses = decision.Gain.Value < 0 ? _state.Regresses + 1 : 0,
            IncumbentUpdate = decision.IsPromoted ? _state.Update : _state.IncumbentUpdate,
            IncumbentReturns = decision.IsPromoted ? [.. candidate] : _state.IncumbentReturns,
        };
        _end ??= _options.Patience > 0 && _state.Regresses >= _options.Patience ? TrainingEnd.HeldOutRegress : null;
        await TellAsync(new PolicyEvaluated(_state.Update, decision, _state.HeldOutNullReturn), cancellationToken).ConfigureAwait(false);
    }

    private TrainingEnd? AfterUpdates() => _state.Update >= _options.Updates ? TrainingEnd.Completed : null;

    private async Task KeepAsync(CancellationToken cancellationToken) =>
        _state = await _folder.SaveAsync(_state with { LogBytes = _log.Length }, _parts.Policy, cancellationToken).ConfigureAwait(false);

    private async Task TellAsync(TrainingProgress happened, CancellationToken cancellationToken)
    {
        await _log.WriteAsync(happened, cancellationToken).ConfigureAwait(false);
        TrainingTelemetry.Record(happened);
        _progress?.Report(happened);
    }
}
