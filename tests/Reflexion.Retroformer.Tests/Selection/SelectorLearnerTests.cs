using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class SelectorLearnerTests
{
    private static readonly SelectorLearnerOptions Ungated = new() { HeldOutShare = 0 };

    [Fact]
    public void It_learns_which_arms_are_worth_more()
    {
        var learner = new SelectorLearner(3, Ungated);
        SelectorPolicy before = learner.Policy;
        Play(learner, 2_000);

        double gain = Mean(learner.Policy) - Mean(before);
        double most = Mean(Decisions.Policy(0, 60, -10)) - Mean(before);
        gain.Should().BeGreaterThan(0.5 * most);
        learner.Progress.Updates.Should().BeGreaterThan(200);
        learner.Progress.Learnt.Should().Be(2_000);
    }

    [Fact]
    public void Shuffled_rewards_teach_nothing()
    {
        var learner = new SelectorLearner(3, new() { Seed = 5 });
        var random = new Random(8);
        for (int i = 0; i < 2_000; i++)
        {
            SelectorArms arms = Decisions.Draw(random);
            learner.Learn(new("e", $"t{i}", 2, arms, learner.Policy.Choose(arms, random.NextDouble()), 0, random.Next(2)));
        }

        learner.Progress.Promotions.Should().Be(0);
        learner.Policy.Should().BeEquivalentTo(SelectorPolicy.Uniform(3));
    }

    [Fact]
    public void A_candidate_serves_only_once_held_out_tasks_show_that_it_is_better()
    {
        var learner = new SelectorLearner(3, new() { Seed = 1 });
        var random = new Random(1);
        int at = 0;
        while (learner.Progress.Promotions == 0)
        {
            SelectorPolicy served = learner.Policy;
            served.Should().BeEquivalentTo(SelectorPolicy.Uniform(3));
            learner.Learn(Decisions.Make(random, served, $"t{at++}"));
        }

        SelectorProgress progress = learner.Progress;
        progress.LastGain!.Value.Low.Should().BePositive();
        (progress.HeldOut % 25).Should().Be(0, "it is tested every 25 held-out decisions");
        learner.Policy.Should().BeSameAs(learner.Candidate);
        Mean(learner.Policy).Should().BeGreaterThan(Mean(SelectorPolicy.Uniform(3)));
        learner.Export(["a", "b", "c"]).HeldOut.Should().BeEmpty("the evidence is used up");
    }

    [Fact]
    public void Held_out_tasks_are_never_learnt_from()
    {
        var learner = new SelectorLearner(3, new() { HeldOutShare = 0.9, TestEvery = 25 });
        var heldOut = new HeldOutTest(new() { HeldOutShare = 0.9 });
        string task = Enumerable.Range(0, 100).Select(at => $"t{at}").First(heldOut.Holds);
        for (int i = 0; i < 50; i++)
        {
            learner.Learn(Decisions.With("e", after: 1, task: task));
        }

        learner.Progress.Should().BeEquivalentTo(new SelectorProgress(0, 50, 0, 0, 0, 0, 1));
        learner.Candidate.Should().BeSameAs(learner.Policy);
    }

    [Fact]
    public void A_candidate_that_is_measurably_worse_is_set_back_exactly()
    {
        SelectorState state = new SelectorLearner(3).Export(["a", "b", "c"]);
        var learner = new SelectorLearner(state with { Candidate = Decisions.Policy(0, -8, 4) });
        var random = new Random(6);
        var heldOut = new HeldOutTest(new());
        string[] tasks = [.. Enumerable.Range(0, 3_000).Select(at => $"t{at}").Where(heldOut.Holds)];

        foreach (string task in tasks.Take(500).TakeWhile(_ => learner.Progress.Rollbacks == 0))
        {
            learner.Candidate.Weights.Should().Equal(0, -8, 4);
            learner.Learn(Decisions.Make(random, learner.Policy, task));
        }

        learner.Progress.Rollbacks.Should().Be(1);
        learner.Progress.LastGain!.Value.High.Should().BeNegative();
        learner.Candidate.Should().BeSameAs(learner.Policy);
    }

    [Fact]
    public void An_update_of_which_the_log_says_too_little_is_refused()
    {
        var learner = new SelectorLearner(3, new() { HeldOutShare = 0, UpdateEvery = 100, Window = 100, LearningRate = 1e4, MinEffectiveSampleShare = 0.1 });
        SelectorArms arms = Decisions.Arms([1, 0, 0], [1, 1, 0], [1, 0, 1]);
        for (int i = 0; i < 100; i++)
        {
            // One choice of a hundred was an arm that was hardly ever to be chosen, and that one did well.
            var choice = new SelectorChoice(i == 0 ? 1 : 0, [0.989, 0.001, 0.01]);
            learner.Learn(new("e", $"t{i}", 2, arms, choice, 0, i == 0 ? 1 : 0));
        }

        learner.Progress.Refused.Should().Be(1);
        learner.Progress.Updates.Should().Be(0);
        learner.Policy.Weights.Should().Equal(0, 0, 0);
    }

    [Fact]
    public void The_guard_can_be_turned_off()
    {
        var learner = new SelectorLearner(3, new() { HeldOutShare = 0, UpdateEvery = 1, LearningRate = 1e4, MinEffectiveSampleShare = 0 });
        Play(learner, 20);

        learner.Progress.Refused.Should().Be(0);
        learner.Progress.Updates.Should().Be(20);
    }

    [Fact]
    public void The_effective_sample_is_all_of_it_for_the_policy_that_made_it_and_one_where_one_decision_has_all_the_weight()
    {
        SelectorPolicy policy = Decisions.Policy(0, 1, 2);
        EffectiveSample.Share(policy, Decisions.Log(1, 50, policy)).Should().BeApproximately(1, 1e-12);

        var sure = new SelectorPolicy([0, 500, 0], 1e-9);
        SelectorDecision[] decisions = [.. Enumerable.Range(0, 10).Select(at => Decisions.With("e", 1, arm: at == 0 ? 1 : 0))];
        double covered = decisions.Sum(decision => EffectiveSample.Weight(sure, decision)) / decisions.Length;
        covered.Should().BeLessThan(1);
        EffectiveSample.Share(sure, decisions).Should().BeApproximately(0.1 * covered, 1e-6);
    }

    [Fact]
    public void A_log_without_the_arms_of_a_policy_says_next_to_nothing_about_it()
    {
        var sure = new SelectorPolicy([0, 500, 0], 1e-9);
        SelectorDecision[] decisions = [.. Enumerable.Range(0, 10).Select(_ => Decisions.With("e", 1, arm: 0))];

        EffectiveSample.Share(sure, decisions).Should().BeLessThan(1e-6);
    }

    [Fact]
    public void The_same_decisions_give_the_same_policies_to_the_last_bit()
    {
        SelectorPolicy[] policies = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            var learner = new SelectorLearner(3);
            Play(learner, 1_000);
            return learner.Candidate;
        })];

        policies[0].Weights.Should().Equal(policies[1].Weights);
        policies[0].Weights.Should().Contain(weight => weight != 0);
    }

    [Fact]
    public async Task Many_threads_choose_and_learn_at_once()
    {
        var learner = new SelectorLearner(3, new() { HeldOutShare = 0.3 });
        const int Threads = 8;
        const int Each = 500;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            var random = new Random(thread);
            for (int i = 0; i < Each; i++)
            {
                learner.Learn(Decisions.Make(random, learner.Policy, $"t{thread}-{i}"));
                learner.Export(["a", "b", "c"]).Coefficients.Should().OnlyContain(coefficient => double.IsFinite(coefficient));
            }
        })));

        SelectorProgress progress = learner.Progress;
        (progress.Learnt + progress.HeldOut).Should().Be(Threads * Each);
        (progress.Updates + progress.Refused).Should().Be(progress.Learnt / 8);
        learner.Policy.Weights.Should().OnlyContain(weight => double.IsFinite(weight));
    }

    [Fact]
    public void Going_on_from_a_state_keeps_policies_reward_model_evidence_and_counts()
    {
        var learner = new SelectorLearner(3, new() { HeldOutShare = 0.5, TestEvery = 1_000, HeldOutWindow = 1_000 });
        Play(learner, 300);
        SelectorState state = learner.Export(["a", "b", "c"]);

        SelectorState again = new SelectorLearner(state, new() { HeldOutShare = 0.5, TestEvery = 1_000, HeldOutWindow = 1_000 }).Export(["a", "b", "c"]);

        again.Should().BeEquivalentTo(state, options => options.WithStrictOrdering());
        again.HeldOut.Should().NotBeEmpty();
    }

    [Fact]
    public void What_cannot_be_learnt_from_is_refused()
    {
        var learner = new SelectorLearner(3);
        FluentActions.Invoking(() => learner.Learn(Decisions.With("e"))).Should().Throw<ArgumentException>().WithMessage("*no reward yet*");
        FluentActions.Invoking(() => learner.Learn(new("e", "t", 2, Decisions.Arms([1]), new(0, [1]), 0, 1))).Should().Throw<ArgumentException>().WithMessage("*1 features*");
        FluentActions.Invoking(() => learner.Learn(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => learner.Export(["a"])).Should().Throw<ArgumentException>().WithMessage("*each of the 3 features*");
        FluentActions.Invoking(() => new SelectorLearner(0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new SelectorLearner(null!, null)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        SelectorLearnerOptions[] bad =
        [
            new() { Exploration = 0 }, new() { Temperature = 0 }, new() { LearningRate = 0 }, new() { LearningRate = double.NaN }, new() { WeightDecay = -1 },
            new() { UpdateEvery = 0 }, new() { Window = 7 }, new() { MinEffectiveSampleShare = 1.1 }, new() { HeldOutShare = 0.91 }, new() { HeldOutShare = double.NaN },
            new() { TestEvery = 9 }, new() { HeldOutWindow = 24 }, new() { Confidence = 1 }, new() { Ridge = 0 },
        ];
        foreach (SelectorLearnerOptions options in bad)
        {
            FluentActions.Invoking(() => new SelectorLearner(1, options)).Should().Throw<ArgumentOutOfRangeException>($"of {options}");
        }
    }

    private static void Play(SelectorLearner learner, int decisions)
    {
        var random = new Random(17);
        for (int i = 0; i < decisions; i++)
        {
            learner.Learn(Decisions.Make(random, learner.Policy, $"t{i}"));
        }
    }

    private static double Mean(SelectorPolicy policy)
    {
        var random = new Random(123);
        return Enumerable.Range(0, 5_000).Average(_ => Decisions.ValueOf(policy, Decisions.Draw(random)));
    }
}
