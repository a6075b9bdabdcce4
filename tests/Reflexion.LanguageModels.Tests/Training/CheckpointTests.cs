using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class CheckpointTests : IDisposable
{
    private static readonly LoraOptions s_shape = new() { Rank = 3, Dropout = 0.2, HasValueHead = true };
    private static readonly TrainerOptions s_options = new()
    {
        Threads = 2,
        Seed = 4,
        Optimizer = new() { LearningRate = 0.01, MaxGradientNorm = null },
        Schedule = LearningRateSchedule.Cosine(6, warmupSteps: 2),
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_training_that_was_interrupted_goes_on_to_the_same_bits()
    {
        using ModelWeights model = TinyModel.Create();
        using LoraAdapter straight = LoraAdapter.Create(model, s_shape, seed: 1);
        using LoraAdapter interrupted = straight.Clone();
        using LoraAdapter resumed = LoraAdapter.Create(model, s_shape, seed: 2);
        using var straightTrainer = new ModelTrainer(model, straight, s_options);
        Steps(straightTrainer, 6);

        using (var trainer = new ModelTrainer(model, interrupted, s_options))
        {
            Steps(trainer, 3);
            await trainer.SaveCheckpointAsync(_folder.File("a"));
        }

        using var resumedTrainer = new ModelTrainer(model, resumed, s_options);
        await resumedTrainer.LoadCheckpointAsync(_folder.File("a"));

        resumedTrainer.Step.Should().Be(3);
        resumed.Hash.Should().Be(interrupted.Hash).And.NotBe(straight.Hash);
        Steps(resumedTrainer, 3);
        resumed.Hash.Should().Be(straight.Hash);
    }

    [Fact]
    public async Task A_whole_model_goes_on_to_the_same_bits()
    {
        using ModelWeights straight = TinyModel.Create();
        using ModelWeights resumed = ModelWeights.Create(TinyModel.Config, seed: 99);
        using var straightTrainer = new ModelTrainer(straight, s_options);
        using var resumedTrainer = new ModelTrainer(resumed, s_options);
        Steps(straightTrainer, 2);
        await straightTrainer.SaveCheckpointAsync(_folder.File("a"));

        await resumedTrainer.LoadCheckpointAsync(_folder.File("a"));
        Steps(straightTrainer, 2);
        Steps(resumedTrainer, 2);

        resumedTrainer.Score(TinyModel.Batch)[0].LogProbs.Should().Equal(straightTrainer.Score(TinyModel.Batch)[0].LogProbs);
    }

    [Fact]
    public async Task A_checkpoint_of_another_training_is_refused_and_says_what_differs()
    {
        using ModelWeights model = TinyModel.Create();
        using LoraAdapter adapter = LoraAdapter.Create(model, s_shape);
        using LoraAdapter other = LoraAdapter.Create(model, s_shape with { Rank = 4 });
        using var trainer = new ModelTrainer(model, adapter, s_options);
        using var otherTrainer = new ModelTrainer(model, other, s_options);
        using var otherSeed = new ModelTrainer(model, adapter, s_options with { Seed = 5 });
        await trainer.SaveCheckpointAsync(_folder.File("a"));

        await otherTrainer.Awaiting(t => t.LoadCheckpointAsync(_folder.File("a"))).Should().ThrowAsync<CheckpointException>()
            .WithMessage("*another training*rank 3*rank 4*");
        await otherSeed.Awaiting(t => t.LoadCheckpointAsync(_folder.File("a"))).Should().ThrowAsync<CheckpointException>().WithMessage("*seed 4*seed 5*");
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_refused_and_changes_nothing()
    {
        using ModelWeights model = TinyModel.Create();
        using LoraAdapter adapter = LoraAdapter.Create(model, s_shape);
        using var trainer = new ModelTrainer(model, adapter, s_options);
        Steps(trainer, 1);
        string path = _folder.File("a");
        await trainer.SaveCheckpointAsync(path);
        byte[] good = await File.ReadAllBytesAsync(path);
        Steps(trainer, 1);
        string hash = adapter.Hash;

        foreach (int place in (int[])[0, 5, 9, 14, 40, good.Length / 2, good.Length - 40, good.Length - 1])
        {
            byte[] bad = [.. good];
            bad[place] ^= 0x10;
            await File.WriteAllBytesAsync(path, bad);
            await trainer.Awaiting(t => t.LoadCheckpointAsync(path)).Should().ThrowAsync<CheckpointException>($"byte {place} is wrong");
        }

        foreach (int length in (int[])[0, 3, 11, 20, good.Length - 1])
        {
            await File.WriteAllBytesAsync(path, good[..length]);
            await trainer.Awaiting(t => t.LoadCheckpointAsync(path)).Should().ThrowAsync<CheckpointException>($"{length} bytes are left");
        }

        adapter.Hash.Should().Be(hash);
        trainer.Step.Should().Be(2);
    }

    [Fact]
    public async Task A_checkpoint_of_a_later_version_is_refused()
    {
        using ModelWeights model = TinyModel.Create();
        using var trainer = new ModelTrainer(model, s_options);
        string path = _folder.File("a");
        await trainer.SaveCheckpointAsync(path);
        byte[] bytes = await File.ReadAllBytesAsync(path);
        int place = bytes.AsSpan().IndexOf("\"version\":1"u8);
        bytes[place + 10] = (byte)'2';
        await File.WriteAllBytesAsync(path, bytes);

        await trainer.Awaiting(t => t.LoadCheckpointAsync(path)).Should().ThrowAsync<CheckpointException>().WithMessage("*version 2*reads 1*");
    }

    [Fact]
    public async Task A_checkpoint_between_backward_and_update_is_refused()
    {
        using ModelWeights model = TinyModel.Create();
        using var trainer = new ModelTrainer(model, s_options);
        trainer.Backward(trainer.Forward(TinyModel.Batch));

        await trainer.Awaiting(t => t.SaveCheckpointAsync(_folder.File("a"))).Should().ThrowAsync<InvalidOperationException>().WithMessage("*Update first*");
        File.Exists(_folder.File("a")).Should().BeFalse();
        await trainer.Awaiting(t => t.LoadCheckpointAsync(_folder.File("none"))).Should().ThrowAsync<FileNotFoundException>();
    }

    private static void Steps(ModelTrainer trainer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            TinyModel.Step(trainer);
        }
    }
}
