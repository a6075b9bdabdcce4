using Reflexion.LanguageModels;
using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class StageTests(TinyPolicy tiny) : IClassFixture<TinyPolicy>
{
    private static readonly TrainerOptions Quick = new() { Threads = 1, Optimizer = new() { LearningRate = 0.02 } };

    [Fact]
    public async Task Imitation_makes_rated_refinements_likelier_and_leaves_the_others_out()
    {
        using LoraAdapter adapter = tiny.Adapter();
        var stage = new SupervisedStage(tiny.Model, adapter, new() { Epochs = 10, SamplesPerStep = 4, Trainer = Quick });
        var steps = new List<SupervisedStep>();

        SupervisedReport report = await stage.RunAsync(Rated(), new Steps(steps));

        report.Samples.Should().Be(10);
        report.LeftOut.Should().Be(10);
        report.Steps.Should().Be(30);
        report.LossAfter.Should().BeLessThan(report.LossBefore - 1);
        steps.Select(step => step.Step).Should().Equal(Enumerable.Range(1, 30).Select(i => (long)i));
    }

    [Fact]
    public async Task Imitation_that_was_stopped_goes_on_to_the_same_weights()
    {
        using var folder = new TemporaryFolder();
        var options = new SupervisedOptions { Epochs = 3, SamplesPerStep = 4, Trainer = Quick, CheckpointEvery = 2 };
        using LoraAdapter whole = tiny.Adapter();
        using LoraAdapter first = tiny.Adapter();
        using LoraAdapter second = tiny.Adapter();
        using var stop = new CancellationTokenSource();

        await new SupervisedStage(tiny.Model, whole, options).RunAsync(Rated());
        options = options with { CheckpointPath = folder.File("sft.ckpt") };
        Func<Task> stopped = () => new SupervisedStage(tiny.Model, first, options).RunAsync(Rated(), new Steps([], step =>
        {
            if (step.Step == 5)
            {
                stop.Cancel();
            }
        }), stop.Token);
        await stopped.Should().ThrowAsync<OperationCanceledException>();
        SupervisedReport report = await new SupervisedStage(tiny.Model, second, options).RunAsync(Rated());

        second.Hash.Should().Be(whole.Hash);
        report.Steps.Should().Be(9);
    }

    [Fact]
    public async Task Imitation_is_not_taken_up_with_other_samples()
    {
        using var folder = new TemporaryFolder();
        var options = new SupervisedOptions { Epochs = 1, Trainer = Quick, CheckpointPath = folder.File("sft.ckpt") };
        using LoraAdapter adapter = tiny.Adapter();
        await new SupervisedStage(tiny.Model, adapter, options).RunAsync(Rated());
        string trained = adapter.Hash;

        Func<Task> other = () => new SupervisedStage(tiny.Model, adapter, options).RunAsync(Rated().Skip(1));
        Func<Task> order = () => new SupervisedStage(tiny.Model, adapter, options with { Seed = 1 }).RunAsync(Rated());

        await other.Should().ThrowAsync<CheckpointException>().WithMessage("*another training*");
        await order.Should().ThrowAsync<CheckpointException>();
        adapter.Hash.Should().Be(trained);
        (await new SupervisedStage(tiny.Model, adapter, options with { Epochs = 2 }).RunAsync(Rated())).Steps.Should().BeGreaterThan(1);
    }

    [Fact]
    public async Task Experiences_without_tokens_need_an_encoder()
    {
        using LoraAdapter adapter = tiny.Adapter();
        Experience[] texts = [Sample("a", 0, 1) with { PromptIds = [] }];

        Func<Task> without = () => new SupervisedStage(tiny.Model, adapter).RunAsync(texts);
        Func<Task> nothing = () => new SupervisedStage(tiny.Model, adapter, new() { MinGain = 0.9 }).RunAsync(texts);
        var encoding = new SupervisedOptions { Trainer = Quick, Encode = _ => new([10], [11]) };
        SupervisedReport report = await new SupervisedStage(tiny.Model, adapter, encoding).RunAsync(texts);

        await without.Should().ThrowAsync<ArgumentException>().WithMessage("The experience of trial 2 of 'a' has no tokens; set SupervisedOptions.Encode*");
        await nothing.Should().ThrowAsync<ArgumentException>().WithMessage("There is nothing to imitate*");
        report.Samples.Should().Be(1);
    }

    [Theory]
    [InlineData(RewardModelObjective.Pairwise)]
    [InlineData(RewardModelObjective.Regression)]
    public void A_reward_model_learns_which_refinements_help(RewardModelObjective objective)
    {
        using LoraAdapter adapter = tiny.Adapter(hasValueHead: true);
        var stage = new RewardModelStage(tiny.Model, adapter, new() { Objective = objective, Epochs = 12, SamplesPerStep = 5, Trainer = Quick });

        RewardModelReport report = stage.Run(Rated());

        report.LastLoss.Should().BeLessThan(report.FirstLoss / 2);
        report.Samples.Should().Be(objective == RewardModelObjective.Pairwise ? 10 : 20);
        report.Accuracy.Should().Be(objective == RewardModelObjective.Pairwise ? 1 : null);
        using var model = new RewardModel(tiny.Model, adapter);
        var rewards = model.Score([new([10, 11, '0'], [97, 98, 99]), new([10, 11, '0'], [197, 198, 199])]);
        rewards[0].Should().BeGreaterThan(rewards[1] + 0.2);
    }

    [Fact]
    public async Task A_reward_model_can_stand_in_for_retries()
    {
        using LoraAdapter judge = tiny.Adapter(hasValueHead: true);
        using LoraAdapter adapter = tiny.Adapter();
        using var model = new RewardModel(tiny.Model, judge);
        var world = new LetterWorld();
        var told = new Told();
        using var trainer = new RetrospectiveTrainer(tiny.Model, adapter, world, null, TinyPolicy.Quick with { Updates = 1 }, model);

        await trainer.RunAsync(told);

        world.Retries.Should().BeEmpty();
        told.Metrics.Single().NullReturn.Should().BeNull();
    }

    [Fact]
    public void Reward_models_are_refused_what_they_cannot_learn_from()
    {
        using LoraAdapter headless = tiny.Adapter();
        using LoraAdapter adapter = tiny.Adapter(hasValueHead: true);

        Action create = () => _ = new RewardModelStage(tiny.Model, headless);
        Action nothing = () => new RewardModelStage(tiny.Model, adapter).Run([Sample("a", 0, 1), Sample("a", 1, 1)]);
        Action objective = () => _ = new RewardModelStage(tiny.Model, adapter, new() { Objective = (RewardModelObjective)5 });
        Action margin = () => _ = new RewardModelStage(tiny.Model, adapter, new() { MinMargin = -1 });

        create.Should().Throw<ArgumentException>().WithMessage("The adapter has no value head*");
        nothing.Should().Throw<ArgumentException>().WithMessage("There is nothing to learn from*");
        objective.Should().Throw<ArgumentOutOfRangeException>();
        margin.Should().Throw<ArgumentOutOfRangeException>();
    }

    /// <summary>Of each of ten failures a refinement of letters that helped, and one of other bytes that did not.</summary>
    private static IEnumerable<Experience> Rated() =>
        Enumerable.Range(0, 10).SelectMany(i => new[] { Sample($"e{i}", i, 1), Sample($"e{i}", 100 + i, 0) });

    private static Experience Sample(string episode, int shift, double after) => new()
    {
        EpisodeId = episode,
        TaskId = "task",
        Trial = 2,
        Prompt = "x",
        Refinement = "y",
        PromptIds = [10, 11, episode[^1]],
        RefinementIds = [97 + shift, 98 + shift, 99 + shift],
        LogProbs = [-3, -3, -3],
        ReturnBefore = 0.2,
        ReturnAfter = after,
    };

    private sealed class Steps(List<SupervisedStep> all, Action<SupervisedStep>? then = null) : IProgress<SupervisedStep>
    {
        public void Report(SupervisedStep value)
        {
            all.Add(value);
            then?.Invoke(value);
        }
    }
}
