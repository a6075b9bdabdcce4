using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>
/// Learns a <see cref="SelectorPolicy"/> inside a running application, from one rewarded decision after the other: gradient ascent on doubly robust
/// estimates of the reward of every arm, with the propensities under which the choices were made.
/// </summary>
/// <remarks>
/// <para>
/// Two policies: <see cref="Policy"/> serves, <see cref="Candidate"/> learns. The candidate takes the place of the serving one when the lower confidence bound of its
/// doubly robust gain on held-out tasks is above zero; the evidence is then used up, and the next promotion needs new. Where the upper
/// bound is below zero, the candidate is set back to the serving policy exactly. Each test holds at its level; several tests of a candidate that is no
/// better find a gain by chance more often than one.
/// </para>
/// <para>Thread-safe: reading a policy takes no lock. The same decisions in the same order give the same policies.</para>
/// </remarks>
public sealed class SelectorLearner
{
    private readonly Lock _gate = new();
    private readonly SelectorLearnerOptions _options;
    private readonly SelectorRewardModel _rewards;
    private readonly Queue<LearntDecision> _window = new();
    private readonly HeldOutTest _heldOut;
    private volatile SelectorPolicy _policy;
    private volatile SelectorPolicy _candidate;
    private SelectorProgress _progress = new() { EffectiveSampleShare = 1 };
    private int _sinceUpdate;

    /// <summary>Creates a learner whose policy chooses uniformly.</summary>
    /// <param name="features">How many features an arm has; at least 1.</param>
    /// <param name="options">How to learn; null for the defaults.</param>
    /// <exception cref="ArgumentException">An argument or an option is out of range.</exception>
    public SelectorLearner(int features, SelectorLearnerOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        _options = (options ?? new()).Validate();
        _policy = _candidate = SelectorPolicy.Uniform(features, _options.Exploration, _options.Temperature);
        _rewards = new(features, _options.Ridge);
        _heldOut = new(_options);
    }

    /// <summary>Goes on from what was learnt earlier.</summary>
    /// <param name="state">What was learnt. Its policies keep their weights and take exploration and temperature from the options.</param>
    /// <param name="options">How to learn; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, or parts of the state are of different features.</exception>
    public SelectorLearner(SelectorState state, SelectorLearnerOptions? options = null)
        : this((state ?? throw new ArgumentNullException(nameof(state))).Features.Length, options)
    {
        SelectorStateRules.Check(state);
        _policy = new(state.Policy.Weights, _options.Exploration, _options.Temperature);
        _candidate = state.Candidate.Weights.SequenceEqual(state.Policy.Weights) ? _policy : _policy.With([.. state.Candidate.Weights]);
        _rewards = new(state.Coefficients.AsSpan(), state.Covariance.AsSpan());
        _progress = state.Progress;
        foreach (SelectorDecision decision in state.HeldOut)
        {
            _heldOut.Keep(decision);
        }
    }

    /// <summary>The policy that serves.</summary>
    public SelectorPolicy Policy => _policy;

    /// <summary>The policy that learns.</summary>
    public SelectorPolicy Candidate => _candidate;

    /// <summary>What was done so far.</summary>
    public SelectorProgress Progress
    {
        get
        {
            lock (_gate)
            {
                return _progress;
            }
        }
    }

    /// <summary>Learns from a decision, or keeps it for the test where its task is held out.</summary>
    /// <param name="decision">A decision with its reward; it may have been made under any policy.</param>
    /// <exception cref="ArgumentException">It has no reward, or another number of features.</exception>
    public void Learn(SelectorDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        _policy.Check(decision.Arms);
        if (decision.Reward is null)
        {
            throw new ArgumentException("The decision has no reward yet; there is nothing to learn from it.", nameof(decision));
        }

        lock (_gate)
        {
            if (_heldOut.Holds(decision.TaskId))
            {
                Test(decision);
            }
            else
            {
                Remember(decision);
            }
        }
    }

    /// <summary>What was learnt so far.</summary>
    /// <param name="features">What the features are, in order.</param>
    /// <exception cref="ArgumentException">There is not one name for each feature.</exception>
    public SelectorState Export(ImmutableArray<string> features)
    {
        if (features.IsDefault || features.Length != _policy.Weights.Length)
        {
            throw new ArgumentException($"There must be a name for each of the {_policy.Weights.Length} features.", nameof(features));
        }

        lock (_gate)
        {
            return new()
            {
                Features = features,
                Policy = _policy,
                Candidate = _candidate,
                Coefficients = [.. _rewards.Coefficients],
                Covariance = [.. _rewards.Covariance],
                Progress = _progress,
                HeldOut = [.. _heldOut.Decisions],
            };
        }
    }

    private void Remember(SelectorDecision decision)
    {
        // Predicted before it is learnt from, so that the estimates stay unbiased.
        _window.Enqueue(new(decision, _rewards.DoublyRobust(decision)));
        _rewards.Learn(decision.Arms[decision.Choice.Arm], decision.Reward!.Value);
        if (_window.Count > _options.Window)
        {
            _window.Dequeue();
        }

        _progress = _progress with { Learnt = _progress.Learnt + 1 };
        if (++_sinceUpdate >= _options.UpdateEvery)
        {
            _sinceUpdate = 0;
            Update();
        }
    }

    private void Update()
    {
        SelectorPolicy updated = Step();
        double share = EffectiveSample.Share(updated, _window.Select(learnt => learnt.Decision));
        if (!(share >= _options.MinEffectiveSampleShare))
        {
            _progress = _progress with { Refused = _progress.Refused + 1 };
            return;
        }

        _candidate = updated;
        _progress = _progress with { Updates = _progress.Updates + 1, EffectiveSampleShare = share };
        if (_options.HeldOutShare == 0)
        {
            Promote();
        }
    }

    private SelectorPolicy Step()
    {
        double[] weights = [.. _candidate.Weights];
        double[] gradient = new double[weights.Length];
        foreach (LearntDecision learnt in _window)
        {
            AllActionGradient.Add(_candidate, learnt.Decision.Arms, learnt.Rewards, gradient);
        }

        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] += _options.LearningRate * (gradient[i] / _window.Count - _options.WeightDecay * weights[i]);
        }

        return _candidate.With(weights);
    }

    private void Test(SelectorDecision decision)
    {
        _progress = _progress with { HeldOut = _progress.HeldOut + 1 };
        if (_heldOut.Add(decision, _candidate, _policy, _rewards) is not { } gain)
        {
            return;
        }

        _progress = _progress with { LastGain = gain };
        if (gain.Low > 0)
        {
            _heldOut.Clear();
            Promote();
        }
        else if (gain.High < 0)
        {
            _candidate = _policy;
            _progress = _progress with { Rollbacks = _progress.Rollbacks + 1 };
        }
    }

    private void Promote()
    {
        _policy = _candidate;
        _progress = _progress with { Promotions = _progress.Promotions + 1 };
    }
}
