using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>Turns refinements and what came of them into advantages.</summary>
/// <remarks>
/// Fresh samples are scored by the trainer's own pass, whose numbers are the same to the bit however the model that sampled them was used; stale ones keep the
/// log-probabilities they were sampled with.
/// </remarks>
internal sealed class PolicyScorer(ModelTrainer policy, ModelTrainer reference, RetrospectiveTrainerOptions options)
{
    private bool NeedsReference => options.KlCoefficient > 0 || options.MaxKl is not null;

    private double RewardCoefficient => options.KlPlace == KlPlace.Reward ? options.KlCoefficient : 0;

    public ScoredBatch Score(ImmutableArray<RefinementGroup> groups, string policyHash, SeedTree seeds)
    {
        double[][] rewards = RewardScale.Of(groups, options, seeds);
        List<List<ScoredSample>> usable = [.. groups.Select((group, i) => Usable(group, rewards[i], policyHash))];
        int stale = groups.Sum(group => group.Samples.Count(sample => sample.PolicyHash != policyHash));
        int flat = options.Objective.NeedsValues() ? 0 : usable.Count(group => group.Count > 0 && !HasSignal(group));
        if (!options.Objective.NeedsValues())
        {
            usable.RemoveAll(group => group.Count < 2 || (RewardCoefficient == 0 && !HasSignal(group)));
        }

        usable.RemoveAll(group => group.Count == 0);
        ImmutableArray<ImmutableArray<ScoredSample>> scored = usable.Count == 0 ? [] : WithAdvantages(Read(usable));
        return new(scored, Describe(groups, rewards, scored) with { ZeroVarianceGroups = flat, StaleSamples = stale });
    }

    private List<ScoredSample> Usable(RefinementGroup group, double[] rewards, string policyHash)
    {
        var samples = new List<ScoredSample>();
        for (int i = 0; i < rewards.Length; i++)
        {
            Experience experience = group.Samples[i];
            bool isStale = experience.PolicyHash != policyHash;
            if (isStale && options.StaleSamples == StaleSamples.Reject)
            {
                continue;
            }

            samples.Add(new()
            {
                Sequence = new(experience.PromptIds, experience.RefinementIds) { Temperature = options.Temperature },
                Reward = rewards[i],
                Sampled = isStale ? experience.LogProbs : [],
                IsStale = isStale,
            });
        }

        return samples;
    }

    private static bool HasSignal(List<ScoredSample> group) => group.Any(sample => sample.Reward != group[0].Reward);

    private List<List<ScoredSample>> Read(List<List<ScoredSample>> groups)
    {
        var batch = new TrainingBatch(groups.SelectMany(group => group).Select(sample => sample.Sequence));
        ImmutableArray<SequenceScore> now = policy.Score(batch);
        ImmutableArray<SequenceScore> before = NeedsReference ? reference.Score(batch) : [];
        int place = 0;
        return
        [
            .. groups.Select(group => group.ConvertAll(sample =>
            {
                int i = place++;
                return sample with
                {
                    Sampled = sample.IsStale ? sample.Sampled : now[i].LogProbs,
                    Reference = NeedsReference ? before[i].LogProbs : [],
                    Entropies = now[i].Entropies,
                    Values = now[i].Values,
                };
            })),
        ];
    }

    private ImmutableArray<ImmutableArray<ScoredSample>> WithAdvantages(List<List<ScoredSample>> groups)
    {
        ImmutableArray<ImmutableArray<ScoredSample>> scored = options.Objective.NeedsValues()
            ? [.. groups.Select(group => ImmutableArray.CreateRange(group.Select(FromValues)))]
            : [.. groups.Select(WithinGroup)];
        if (options.Objective == PolicyObjective.Ppo)
        {
            Standardize(scored);
        }

        return scored;
    }

    private ImmutableArray<ScoredSample> WithinGroup(List<ScoredSample> group)
    {
        double[] rewards =
        [
            .. group.Select(sample => RewardCoefficient == 0
                ? sample.Reward
                : KullbackLeibler.PenalizedReward(sample.Reward, sample.Sampled.AsSpan(), sample.Reference.AsSpan(), RewardCoefficient)),
        ];
        double[] advantages = new double[rewards.Length];
        _ = options.Objective == PolicyObjective.Rloo
            ? Advantages.LeaveOneOut(rewards, advantages)
            : Advantages.GroupRelative(rewards, options.Objective == PolicyObjective.Grpo, advantages);
        return [.. group.Select((sample, i) => sample with { Advantages = [.. Enumerable.Repeat(advantages[i], sample.Sampled.Length)] })];
    }

    private ScoredSample FromValues(ScoredSample sample)
    {
        int tokens = sample.Sampled.Length;
        double[] rewards = new double[tokens];
        double[] advantages = new double[tokens];
        double[] returns = new double[tokens];
        ImmutableArray<float> before = RewardCoefficient == 0 ? sample.Sampled : sample.Reference;
        KullbackLeibler.TokenRewards(sample.Reward, sample.Sampled.AsSpan(), before.AsSpan(), RewardCoefficient, rewards);
        if (options.Objective == PolicyObjective.Ppo)
        {
            Advantages.Generalized(rewards, sample.Values.AsSpan(), options.Discount, options.Lambda, advantages, returns);
        }
        else
        {
            Advantages.ActorCritic(rewards, sample.Values.AsSpan(), options.Discount, advantages, returns);
        }

        return sample with { Advantages = advantages, Returns = returns };
    }

    private static void Standardize(ImmutableArray<ImmutableArray<ScoredSample>> groups)
    {
        double[] all = [.. groups.SelectMany(group => group).SelectMany(sample => sample.Advantages)];
        if (all.Length < 2)
        {
            return;
        }

        Advantages.Standardize(all);
        int place = 0;
        foreach (ScoredSample sample in groups.SelectMany(group => group))
        {
            all.AsSpan(place, sample.Advantages.Length).CopyTo(sample.Advantages);
            place += sample.Advantages.Length;
        }
    }

    private UpdateMetrics Describe(ImmutableArray<RefinementGroup> groups, double[][] rewards, ImmutableArray<ImmutableArray<ScoredSample>> scored)
    {
        Experience[] samples = [.. groups.SelectMany(group => group.Samples)];
        ScoredSample[] used = [.. scored.SelectMany(group => group)];
        double[] nulls = [.. groups.Where(group => group.Samples.Length > 0).SelectMany(group => group.Samples[0].NullReturns)];
        return new()
        {
            Failures = groups.Length,
            Samples = used.Length,
            Reward = Mean(rewards.SelectMany(group => group)),
            Return = Mean(samples.Select(sample => sample.ReturnAfter)),
            NullReturn = nulls.Length == 0 ? null : nulls.Average(),
            RefinementTokens = Mean(samples.Select(sample => (double)sample.RefinementIds.Length)),
            Kl = NeedsReference && used.Length > 0 ? Divergence(used) : null,
            Entropy = Mean(used.SelectMany(sample => sample.Entropies).Select(entropy => (double)entropy)),
        };
    }

    private static double Mean(IEnumerable<double> numbers) => numbers.DefaultIfEmpty().Average();

    private static double Divergence(ScoredSample[] samples)
    {
        LossTerm divergence = default;
        foreach (ScoredSample sample in samples)
        {
            divergence += KullbackLeibler.K3(sample.Sampled.AsSpan(), sample.Reference.AsSpan(), 0, 1, new float[sample.Sampled.Length]);
        }

        return divergence.Mean;
    }
}
