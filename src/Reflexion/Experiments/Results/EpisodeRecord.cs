using System.Collections.Immutable;

namespace Reflexion;

/// <summary>What an experiment keeps of one episode: one arm at one task with one seed.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="TaskId">The task's id.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record EpisodeRecord(string Arm, string TaskId, int Seed, ExperimentOutcome Outcome)
{
    /// <summary>The episode's id; empty where it was recorded elsewhere without one.</summary>
    public string EpisodeId { get; init; } = "";

    /// <summary>Why it ended as it did, for a human reader.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Why the loop ended; null where it was not run.</summary>
    public StopReason? StopReason { get; init; }

    /// <summary>The trials, by number; of what was recorded elsewhere some may be missing.</summary>
    public ImmutableArray<TrialRecord> Trials { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The number of the last trial; 0 where there is none.</summary>
    public int LastTrial => Trials is [.., var last] ? last.Number : 0;

    /// <summary>Whether the held-out evaluator says what is solved, in place of the one the agent sees. Default false.</summary>
    public bool JudgedByHeldOut { get; init; }

    /// <summary>What it used, by component.</summary>
    public UsageReport Usage { get; init; } = UsageReport.Empty;

    /// <summary>When it started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The episode itself, with prompts and trajectories; null where only the summary was kept.</summary>
    public Episode? Episode { get; init; }

    /// <summary>What the agent itself used: everything but held-out evaluation, which only measures.</summary>
    public ComponentUsage AgentUsage => Usage.Total - Usage.Of(AgentComponent.HeldOutEvaluator);

    /// <summary>The trial whose answer the agent would hand in after a number of trials: the best so far by the evaluator it sees, the first of equals.</summary>
    /// <param name="trials">After how many trials; at least 1. Beyond the last trial the last answer stands.</param>
    /// <returns>The trial, or null where there was none.</returns>
    public TrialRecord? HandedInAfter(int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        return Trials.Where(trial => trial.Number <= trials).OrderByDescending(trial => trial.Success).ThenByDescending(trial => trial.Score ?? -1).FirstOrDefault();
    }

    /// <summary>Whether what the agent would hand in after a number of trials is solved.</summary>
    /// <param name="trials">After how many trials; at least 1.</param>
    public bool IsSolvedAfter(int trials) => Verdict(HandedInAfter(trials)) is true;

    /// <summary>The score, in [0,1], of what the agent would hand in at the end; 0 where there is no verdict.</summary>
    public double Return => HandedInAfter(int.MaxValue) is not { } last ? 0 : (JudgedByHeldOut ? last.HeldOutScore : last.Score) ?? 0;

    /// <summary>The tokens the agent had used when it had made a number of trials.</summary>
    /// <param name="trials">After how many trials.</param>
    public long TokensAfter(int trials) => Trials.Where(trial => trial.Number <= trials).Sum(trial => trial.Usage.Tokens.TotalTokens);

    /// <summary>Whether the agent had solved the task by the time it had used a number of tokens, trials not completed by then left out.</summary>
    /// <param name="tokens">The tokens it may have used.</param>
    public bool IsSolvedWithin(long tokens)
    {
        TrialRecord? completed = Trials.LastOrDefault(trial => TokensAfter(trial.Number) <= tokens);
        return completed is not null && IsSolvedAfter(completed.Number);
    }

    /// <summary>Makes the record of an episode.</summary>
    /// <param name="arm">The arm's name.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="episode">The episode.</param>
    /// <param name="judgedByHeldOut">Whether the agent has a held-out evaluator, which then says what is solved.</param>
    /// <param name="keepEpisode">Whether the episode itself is kept in the record. Default true.</param>
    public static EpisodeRecord Of(string arm, int seed, Episode episode, bool judgedByHeldOut, bool keepEpisode = true)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(arm);
        ArgumentNullException.ThrowIfNull(episode);
        var record = new EpisodeRecord(arm, episode.Task.Id, seed, ExperimentOutcome.Unfinished)
        {
            EpisodeId = episode.Id,
            Detail = episode.StopDetail,
            StopReason = episode.StopReason,
            Trials = [.. episode.Trials.Select(trial => TrialRecord.Of(trial, episode.StopReason))],
            JudgedByHeldOut = judgedByHeldOut,
            Usage = episode.Usage,
            StartedAt = episode.StartedAt,
            Duration = episode.Duration,
            Episode = keepEpisode ? episode : null,
        };
        bool? solved = record.Trials.IsEmpty ? false : record.Verdict(record.HandedInAfter(int.MaxValue));
        return record with
        {
            Outcome = OutcomeRules.Of(solved, episode.StopReason, record.Trials is [.., var last] ? last.Outcome : null),
            Detail = solved is null && episode.StopReason is not (Reflexion.StopReason.Failed or Reflexion.StopReason.Budget or Reflexion.StopReason.Stopped)
                ? "The held-out evaluator gave no verdict on what the agent would hand in."
                : episode.StopDetail,
        };
    }

    private bool? Verdict(TrialRecord? trial) => JudgedByHeldOut ? trial?.HeldOutSuccess : trial?.Success;
}
