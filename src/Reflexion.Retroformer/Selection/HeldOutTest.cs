namespace Reflexion.Retroformer;

/// <summary>Keeps the decisions of held-out tasks, and measures with them whether a candidate is better than the serving policy. Not thread-safe.</summary>
internal sealed class HeldOutTest(SelectorLearnerOptions options)
{
    private const int Resamples = 1_000;

    private readonly Queue<SelectorDecision> _decisions = new();
    private int _sinceTest;

    internal IEnumerable<SelectorDecision> Decisions => _decisions;

    /// <summary>Whether a task is held out: always or never, in every process with this seed.</summary>
    internal bool Holds(string taskId) => StableDraw.Of(options.Seed, taskId, 0) < options.HeldOutShare;

    /// <summary>Keeps a decision.</summary>
    /// <returns>The candidate's gain, where it is time for a test.</returns>
    internal IntervalEstimate? Add(SelectorDecision decision, SelectorPolicy candidate, SelectorPolicy serving, SelectorRewardModel rewards)
    {
        Keep(decision);
        if (++_sinceTest < options.TestEvery)
        {
            return null;
        }

        _sinceTest = 0;
        return ReferenceEquals(candidate, serving) || _decisions.Select(each => each.TaskId).Distinct(StringComparer.Ordinal).Count() < FewestTasks.For(options.Confidence) ? null : Gain(candidate, serving, rewards);
    }

    internal void Keep(SelectorDecision decision)
    {
        _decisions.Enqueue(decision);
        if (_decisions.Count > options.HeldOutWindow)
        {
            _decisions.Dequeue();
        }
    }

    internal void Clear()
    {
        _decisions.Clear();
        _sinceTest = 0;
    }

    private IntervalEstimate Gain(SelectorPolicy candidate, SelectorPolicy serving, SelectorRewardModel rewards) => OffPolicyEvaluation.Gain(
        [.. _decisions], candidate, serving, _ => rewards, new() { Confidence = options.Confidence, Resamples = Resamples, Seed = options.Seed });
}
