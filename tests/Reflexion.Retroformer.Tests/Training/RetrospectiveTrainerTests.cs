using Reflexion.LanguageModels;
using Reflexion.Retroformer;
using Xunit.Abstractions;

namespace Reflexion.Tests;

public sealed class RetrospectiveTrainerTests(TinyPolicy tiny, ITestOutputHelper output) : IClassFixture<TinyPolicy>
{
    [Theory]
    [InlineData(PolicyObjective.Rloo)]
    [InlineData(PolicyObjective.Grpo)]
    [InlineData(PolicyObjective.GrpoWithoutDeviation)]
    [InlineData(PolicyObjective.Ppo)]
    [InlineData(PolicyObjective.A2C)]
    public async Task Every_objective_raises_the_held_out_return_and_is_promoted(PolicyObjective objective)
    {
        using LoraAdapter adapter = tiny.Adapter(objective is PolicyObjective.Ppo or PolicyObjective.A2C);

        (RetrospectiveTrainingResult result, Told told) = await TrainAsync(adapter, TinyPolicy.Quick with { Objective = objective, Updates = 60, EvaluateEvery = 20 });

        double start = result.Decisions[0].IncumbentReturn;
        double end = result.Decisions[^1].CandidateReturn;
        output.WriteLine($"{objective}: held-out return {start:0.000} -> {end:0.000}, KL {told.Metrics.Last().Kl:0.000}, promoted at {result.PromotedUpdate}");
        end.Should().BeGreaterThan(start + 0.2);
        result.PromotedUpdate.Should().BePositive();
        result.End.Should().Be(TrainingEnd.Completed);
    }

    [Theory]
    [InlineData(KlPlace.Reward)]
    [InlineData(KlPlace.Loss)]
    public async Task A_strong_pull_keeps_the_policy_near_the_reference(KlPlace place)
    {
        using LoraAdapter free = tiny.Adapter();
        using LoraAdapter held = tiny.Adapter();

        (_, Told freely) = await TrainAsync(free, TinyPolicy.Quick with { KlPlace = place, KlCoefficient = 1e-6 }, isGated: false);
        (_, Told near) = await TrainAsync(held, TinyPolicy.Quick with { KlPlace = place, KlCoefficient = 1 }, isGated: false);

        output.WriteLine($"{place}: KL {freely.Metrics.Last().Kl:0.000} freely, {near.Metrics.Last().Kl:0.000} held");
        near.Metrics.Last().Kl.Should().BeLessThan(freely.Metrics.Last().Kl!.Value / 2);
    }

    [Fact]
    public async Task Shuffled_rewards_do_not_improve_anything()
    {
        using LoraAdapter adapter = tiny.Adapter();
        string before = adapter.Hash;

        (RetrospectiveTrainingResult result, _) = await TrainAsync(adapter, TinyPolicy.Quick with { ShufflesRewards = true, Patience = 0, Updates = 60, EvaluateEvery = 20 });

        output.WriteLine($"shuffled: held-out return {result.Decisions[0].IncumbentReturn:0.000} -> {result.Decisions[^1].CandidateReturn:0.000}");
        result.Decisions.Should().OnlyContain(decision => decision.CandidateReturn < decision.IncumbentReturn + 0.1);
        result.PromotedUpdate.Should().Be(0);
        result.AdapterHash.Should().Be(before);
    }

    [Fact]
    public async Task A_policy_that_gets_worse_ends_training_and_is_rolled_back_to_the_bit()
    {
        using LoraAdapter adapter = tiny.Adapter();
        string before = adapter.Hash;
        var misleading = new LetterWorld { Worth = share => 1 - share };

        (RetrospectiveTrainingResult result, Told told) = await TrainAsync(
            adapter, TinyPolicy.Quick with { EvaluateEvery = 2, Patience = 3 }, misleading);

        result.End.Should().Be(TrainingEnd.HeldOutRegress);
        result.Updates.Should().BeLessThan(20);
        result.PromotedUpdate.Should().Be(0);
        adapter.Hash.Should().Be(before);
        result.AdapterHash.Should().Be(before);
        told.All[^1].Should().Be(new TrainingEnded(result.Updates, TrainingEnd.HeldOutRegress, before, RolledBackTo: 0));
    }

    [Fact]
    public async Task The_first_step_is_on_policy_and_at_the_reference()
    {
        using LoraAdapter adapter = tiny.Adapter();

        (_, Told told) = await TrainAsync(adapter, TinyPolicy.Quick with { Updates = 1, Objective = PolicyObjective.Grpo }, isGated: false);

        UpdateMetrics first = told.Metrics.Single();
        first.MeanRatio.Should().BeApproximately(1, 1e-6);
        first.ClipFraction.Should().Be(0);
        first.Kl.Should().BeApproximately(0, 1e-9);
        first.Entropy.Should().BeInRange(3, Math.Log(259));
        first.Steps.Should().Be(1);
        first.NullReturn.Should().BeApproximately(0.2, 1e-12);
        first.Reward.Should().BeApproximately(first.Return - 0.2, 1e-12);
        first.StaleSamples.Should().Be(0);
    }

    [Fact]
    public async Task Epochs_and_steps_go_through_a_batch_several_times()
    {
        using LoraAdapter adapter = tiny.Adapter();

        (_, Told told) = await TrainAsync(
            adapter, TinyPolicy.Quick with { Updates = 1, EpochsPerBatch = 3, FailuresPerStep = 5, EntropyCoefficient = 0.01 }, isGated: false);

        told.Metrics.Single().Steps.Should().Be(9);
        told.Metrics.Single().MeanRatio.Should().NotBe(1);
    }

    [Fact]
    public async Task The_null_arm_is_played_at_every_failure_with_the_seed_of_the_refinements()
    {
        using LoraAdapter adapter = tiny.Adapter();
        var world = new LetterWorld();

        (_, Told told) = await TrainAsync(adapter, TinyPolicy.Quick with { Updates = 1, NullRetries = 2, MaxConcurrentRetries = 3 }, world, isGated: false);

        world.Retries.Should().HaveCount(12 * (6 + 2));
        foreach (var attempt in world.Retries.GroupBy(retry => retry.Attempt))
        {
            long[] nulls = [.. attempt.Where(retry => retry.Refinement is null).Select(retry => retry.Seed)];
            nulls.Should().HaveCount(2).And.OnlyHaveUniqueItems();
            nulls.Should().Contain(attempt.Where(retry => retry.Refinement is not null).Select(retry => retry.Seed).Distinct().Single());
        }

        world.MostAtOnce.Should().BeInRange(1, 3);
        told.All.OfType<PolicyUpdated>().Single().Experiences.Should().HaveCount(72).And.OnlyContain(experience =>
            experience.NullReturns.Length == 2 && experience.LogProbs.Length == experience.RefinementIds.Length && experience.ReturnBefore == 0.1);
    }

    [Fact]
    public async Task Groups_of_one_reward_are_skipped_and_counted()
    {
        using LoraAdapter adapter = tiny.Adapter();
        string before = adapter.Hash;

        (_, Told told) = await TrainAsync(adapter, TinyPolicy.Quick with { Updates = 2 }, new LetterWorld { Worth = _ => 0.5 }, isGated: false);

        told.Metrics.Should().OnlyContain(metrics => metrics.ZeroVarianceGroups == 12 && metrics.Samples == 0 && metrics.Steps == 0);
        adapter.Hash.Should().Be(before);
    }

    [Fact]
    public async Task What_tokens_cost_is_taken_off_the_reward()
    {
        using LoraAdapter adapter = tiny.Adapter();
        var flat = new LetterWorld { Worth = _ => 0.5 };

        (_, Told told) = await TrainAsync(
            adapter, TinyPolicy.Quick with { Updates = 1, CostPerToken = 0.01, MeasuresFromNullArm = false }, flat, isGated: false);

        UpdateMetrics metrics = told.Metrics.Single();
        metrics.Reward.Should().BeApproximately(0.5 - 0.1 - (0.01 * metrics.RefinementTokens), 1e-9);
    }

    [Fact]
    public async Task Training_stops_where_the_policy_has_gone_too_far()
    {
        using LoraAdapter adapter = tiny.Adapter();

        (RetrospectiveTrainingResult result, Told told) = await TrainAsync(adapter, TinyPolicy.Quick with { MaxKl = 1e-4 });

        result.End.Should().Be(TrainingEnd.KlLimit);
        result.Updates.Should().BeInRange(1, 5);
        told.Metrics.Should().OnlyContain(metrics => metrics.Kl <= 1e-4);
        result.Decisions.Should().ContainSingle("the last policy is always evaluated");
    }

    [Fact]
    public async Task A_source_without_failures_ends_training()
    {
        using LoraAdapter adapter = tiny.Adapter();
        string before = adapter.Hash;

        (RetrospectiveTrainingResult result, _) = await TrainAsync(adapter, TinyPolicy.Quick, new LetterWorld { Most = 0 });

        result.Should().BeEquivalentTo(new { End = TrainingEnd.NoFailures, Updates = 0, AdapterHash = before });
    }

    [Fact]
    public async Task Held_out_failures_must_exist_and_returns_must_be_returns()
    {
        using LoraAdapter adapter = tiny.Adapter();
        using var without = new RetrospectiveTrainer(tiny.Model, adapter, new LetterWorld(), new LetterWorld { Most = 0 }, TinyPolicy.Quick);
        using var beyond = new RetrospectiveTrainer(tiny.Model, adapter, new LetterWorld { Worth = _ => 1.5 }, null, TinyPolicy.Quick);

        await without.Invoking(trainer => trainer.RunAsync()).Should().ThrowAsync<InvalidOperationException>().WithMessage("The held-out source has no failures*");
        await beyond.Invoking(trainer => trainer.RunAsync()).Should().ThrowAsync<InvalidOperationException>().WithMessage("*returned 1.5; returns lie in *");
    }

    [Fact]
    public void Objectives_with_a_value_head_need_one()
    {
        using LoraAdapter adapter = tiny.Adapter();

        Action create = () => new RetrospectiveTrainer(tiny.Model, adapter, new LetterWorld(), null, TinyPolicy.Quick with { Objective = PolicyObjective.Ppo }).Dispose();

        create.Should().Throw<ArgumentException>().WithMessage("The adapter has no value head*");
    }

    private async Task<(RetrospectiveTrainingResult Result, Told Told)> TrainAsync(
        LoraAdapter adapter, RetrospectiveTrainerOptions options, LetterWorld? world = null, bool isGated = true)
    {
        var told = new Told();
        using var trainer = new RetrospectiveTrainer(tiny.Model, adapter, world ?? new LetterWorld(), isGated ? new LetterWorld() : null, options);
        return (await trainer.RunAsync(told), told);
    }
}
