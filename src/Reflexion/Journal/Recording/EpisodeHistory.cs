using System.Collections.Immutable;

namespace Reflexion;

/// <summary>What a journal knows of an episode.</summary>
internal sealed class EpisodeHistory
{
    private readonly string _id;
    private readonly ImmutableArray<Trial>.Builder _trials = ImmutableArray.CreateBuilder<Trial>();
    private readonly ImmutableArray<QuarantinedLesson>.Builder _rejected = ImmutableArray.CreateBuilder<QuarantinedLesson>();
    private readonly RunningClock _clock = new();
    private readonly RunningClock _trialClock = new();

    private EpisodeHistory(JournalEntry first)
    {
        _id = first.EpisodeId;
        Start = JournalPayload.ReadStart(first);
    }

    public EpisodeStart Start { get; }

    /// <summary>How many entries there are.</summary>
    public long Entries { get; private set; }

    /// <summary>The trials that ended.</summary>
    public ImmutableArray<Trial> Trials => _trials.ToImmutable();

    /// <summary>The lessons that a guard rejected.</summary>
    public ImmutableArray<QuarantinedLesson> Rejected => _rejected.ToImmutable();

    /// <summary>What is known of the trial that was in progress.</summary>
    public TrialReplay InProgress { get; private set; } = new();

    /// <summary>Why the episode ends after the last of <see cref="Trials"/>, or null where it goes on.</summary>
    public StopDecision? Stop { get; private set; }

    /// <summary>How the episode ended, or null where it is open.</summary>
    public EpisodeEnd? End { get; private set; }

    /// <summary>How long the episode ran, interruptions not counted.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>How long the trial in progress ran.</summary>
    public TimeSpan TrialElapsed => _trialClock.Elapsed;

    /// <summary>Whether the episode is over for good.</summary>
    public bool IsFinal => End is { } end && EpisodeEnd.IsFinal(end.Stop.Reason);

    /// <summary>Reads an episode, or null where the journal does not know it.</summary>
    public static async ValueTask<EpisodeHistory?> ReadAsync(IEpisodeJournal journal, string episodeId, CancellationToken cancellationToken)
    {
        EpisodeHistory? history = null;
        await foreach (JournalEntry entry in journal.ReadAsync(episodeId, cancellationToken).ConfigureAwait(false))
        {
            history ??= new(entry);
            history.Add(entry);
        }

        return history;
    }

    /// <summary>The episode, or null where it is open.</summary>
    public Episode? ToEpisode() => End is null ? null : new()
    {
        Id = _id,
        Task = Start.Task,
        Strategy = Start.Strategy,
        Trials = End.Unfinished is { } unfinished ? [.. _trials, unfinished] : Trials,
        StopReason = End.Stop.Reason,
        StopDetail = End.Stop.Detail,
        Failure = End.Failure,
        StartedAt = Start.StartedAt,
        Duration = End.Duration,
        Usage = End.Usage,
    };

    private void Add(JournalEntry entry)
    {
        Entries++;
        End = null;
        bool continues = entry.Kind == JournalEntryKind.EpisodeResumed;
        _clock.Tick(entry.At, continues);
        switch (entry.Kind)
        {
            case JournalEntryKind.EpisodeStarted:
                break;
            case JournalEntryKind.EpisodeResumed:
                _trialClock.Tick(entry.At, continues);
                break;
            case JournalEntryKind.TrialEnded:
                TrialEnd end = JournalPayload.Read(entry, JournalPayload.Context.TrialEnd);
                _trials.Add(end.Trial);
                Stop = end.Stop;
                InProgress = new();
                _trialClock.Reset(entry.At);
                break;
            case JournalEntryKind.EpisodeEnded:
                End = JournalPayload.Read(entry, JournalPayload.Context.EpisodeEnd);
                InProgress.Interrupt();
                break;
            default:
                AddRejected(entry);
                InProgress.Add(entry);
                _trialClock.Tick(entry.At, continues);
                break;
        }
    }

    private void AddRejected(JournalEntry entry)
    {
        if (entry.Kind == JournalEntryKind.LessonDecided
            && JournalPayload.Read(entry, JournalPayload.Context.LessonDecision) is { Rejection: { } reason } decision)
        {
            _rejected.Add(new(decision.Lesson, reason, decision.At));
        }
    }
}
