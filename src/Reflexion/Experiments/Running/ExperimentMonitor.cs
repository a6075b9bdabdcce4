using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Keeps count of a run and reports it, one report at a time.</summary>
internal sealed class ExperimentMonitor
{
    private readonly Lock _gate = new();
    private readonly ExperimentPlan _plan;
    private readonly IProgress<ExperimentProgress>? _progress;
    private readonly List<EpisodeRecord> _ended = [];
    private readonly long _startedAt;
    private readonly Dictionary<string, ArmProgress> _arms;
    private ImmutableSortedDictionary<ExperimentOutcome, int> _outcomes = OutcomeCount.Of([]);
    private int _endedHere;
    private int _running;

    internal ExperimentMonitor(ExperimentPlan plan, IProgress<ExperimentProgress>? progress, IEnumerable<EpisodeRecord> previous)
    {
        _plan = plan;
        _progress = progress;
        _startedAt = plan.Time.GetTimestamp();
        StartTime = plan.Time.GetUtcNow();
        _arms = plan.Arms.ToDictionary(arm => arm.Name, arm => new ArmProgress(arm.Name, 0, plan.Tasks.Length * plan.Seeds.Length, 0, default));
        foreach (EpisodeRecord episode in previous)
        {
            Count(episode);
        }

        Report(null);
    }

    internal DateTimeOffset StartTime { get; }

    internal TimeSpan Elapsed => _plan.Time.GetElapsedTime(_startedAt);

    /// <summary>The episodes that ended so far.</summary>
    internal EpisodeRecord[] Ended
    {
        get
        {
            lock (_gate)
            {
                return [.. _ended];
            }
        }
    }

    internal void Started()
    {
        lock (_gate)
        {
            _running++;
            Report(null);
        }
    }

    /// <summary>Files an episode that was run.</summary>
    /// <param name="episode">What became of it; null where it was cancelled.</param>
    internal void Done(EpisodeRecord? episode)
    {
        lock (_gate)
        {
            _running--;
            if (episode is not null)
            {
                _endedHere++;
                Count(episode);
            }

            Report(episode);
        }
    }

    private void Count(EpisodeRecord episode)
    {
        _ended.Add(episode);
        _outcomes = _outcomes.SetItem(episode.Outcome, _outcomes[episode.Outcome] + 1);
        ArmProgress arm = _arms[episode.Arm];
        _arms[episode.Arm] = arm with
        {
            Completed = arm.Completed + 1,
            Solved = arm.Solved + (episode.Outcome == ExperimentOutcome.Solved ? 1 : 0),
            Usage = arm.Usage + episode.Usage.Total,
        };
    }

    private void Report(EpisodeRecord? ended)
    {
        if (_progress is null)
        {
            return;
        }

        int total = _plan.Arms.Length * _plan.Tasks.Length * _plan.Seeds.Length;
        TimeSpan elapsed = Elapsed;
        var report = new ExperimentProgress
        {
            Completed = _ended.Count,
            Running = _running,
            Total = total,
            Outcomes = _outcomes,
            Arms = [.. _plan.Arms.Select(arm => _arms[arm.Name])],
            Ended = ended,
            Elapsed = elapsed,
            Remaining = _endedHere == 0 ? null : elapsed * (total - _ended.Count) / _endedHere,
        };
        try
        {
            _progress.Report(report);
        }
        catch (Exception)
        {
            // A display that fails must not cost episodes that were paid for.
        }
    }
}
