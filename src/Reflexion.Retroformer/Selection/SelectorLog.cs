using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>Keeps choices: those whose trial is still going on, by episode, and the latest of those whose reward is known.</summary>
/// <remarks>Thread-safe. Where there are too many, the oldest are forgotten.</remarks>
public sealed class SelectorLog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<SelectorDecision>> _byEpisode = new(StringComparer.Ordinal);
    private readonly LinkedList<SelectorDecision> _open = [];
    private readonly Queue<SelectorDecision> _rewarded = new();
    private readonly int _capacity;

    /// <summary>Creates a log.</summary>
    /// <param name="capacity">The most open decisions, and the most rewarded ones, that are kept. Default 10,000; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1.</exception>
    public SelectorLog(int capacity = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
    }

    /// <summary>The decisions whose reward is not known yet, oldest first.</summary>
    public ImmutableArray<SelectorDecision> Open
    {
        get
        {
            lock (_gate)
            {
                return [.. _open];
            }
        }
    }

    /// <summary>The decisions whose reward is known, oldest first.</summary>
    public ImmutableArray<SelectorDecision> Rewarded
    {
        get
        {
            lock (_gate)
            {
                return [.. _rewarded];
            }
        }
    }

    /// <summary>Logs a decision. An episode has one open decision: an older one, whose trial never ended, is forgotten.</summary>
    /// <param name="decision">The decision, without a reward.</param>
    /// <exception cref="ArgumentException">It has its reward already.</exception>
    public void Add(SelectorDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (decision.Reward is not null)
        {
            throw new ArgumentException("The decision has its reward already; what is added waits for one.", nameof(decision));
        }

        lock (_gate)
        {
            Take(decision.EpisodeId);
            _byEpisode[decision.EpisodeId] = _open.AddLast(decision);
            if (_open.Count > _capacity)
            {
                Take(_open.First!.Value.EpisodeId);
            }
        }
    }

    /// <summary>Says what came of the open decision of an episode. Said again, it changes nothing.</summary>
    /// <param name="episodeId">The episode.</param>
    /// <param name="trial">The trial that has ended; null for the one the decision was made for.</param>
    /// <param name="returnAfter">The trial's return, in [0,1].</param>
    /// <returns>The decision with its reward; null where none was open for that trial.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The return is not in [0,1].</exception>
    public SelectorDecision? Complete(string episodeId, int? trial, double returnAfter)
    {
        ArgumentNullException.ThrowIfNull(episodeId);
        lock (_gate)
        {
            if (!_byEpisode.TryGetValue(episodeId, out LinkedListNode<SelectorDecision>? open) || (trial is not null && open.Value.Trial != trial))
            {
                return null;
            }

            SelectorDecision rewarded = open.Value.With(returnAfter);
            Take(episodeId);
            _rewarded.Enqueue(rewarded);
            if (_rewarded.Count > _capacity)
            {
                _rewarded.Dequeue();
            }

            return rewarded;
        }
    }

    private void Take(string episodeId)
    {
        if (_byEpisode.Remove(episodeId, out LinkedListNode<SelectorDecision>? open))
        {
            _open.Remove(open);
        }
    }
}
