using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class LoraAdapterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(RotaryLayout.Halves)]
    [InlineData(RotaryLayout.Pairs)]
    public async Task An_adapter_comes_back_from_its_folder_as_it_was(RotaryLayout layout)
    {
        using ModelWeights model = ModelWeights.Create(TinyModel.Config with { RotaryLayout = layout }, 1);
        using LoraAdapter adapter = Trained(model, new()
        {
            Rank = 3,
            Alpha = 7,
            Dropout = 0.1,
            IsRankStabilized = true,
            Targets = LoraTargets.Attention | LoraTargets.Down,
            HasValueHead = true,
        });

        await adapter.SaveAsync(_folder.Path, "tiny");
        using LoraAdapter read = LoraAdapter.Load(model, _folder.Path);

        read.Options.Should().Be(adapter.Options);
        read.Hash.Should().Be(adapter.Hash);
        read.ParameterCount.Should().Be(adapter.ParameterCount);
        (await File.ReadAllTextAsync(Path.Combine(_folder.Path, "adapter_config.json"))).Should().Contain("\"tiny\"");
    }

    [Fact]
    public async Task An_adapter_says_the_same_on_a_model_whose_rows_are_in_the_other_order()
    {
        using ModelWeights halves = TinyModel.Create();
        await halves.SaveAsync(_folder.File("halves"));
        using ModelWeights pairs = Reordered(halves);
        using LoraAdapter adapter = Trained(halves, new() { Rank = 3 });
        await adapter.SaveAsync(_folder.File("adapter"));
        using LoraAdapter read = LoraAdapter.Load(pairs, _folder.File("adapter"));
        using var expected = new ModelTrainer(halves, adapter);
        using var actual = new ModelTrainer(pairs, read);

        read.Hash.Should().Be(adapter.Hash);
        actual.Score(TinyModel.Batch)[0].LogProbs.Zip(expected.Score(TinyModel.Batch)[0].LogProbs).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-4);
    }

    [Fact]
    public async Task Saving_without_a_value_head_leaves_none_of_before()
    {
        using ModelWeights model = TinyModel.Create();
        using LoraAdapter with = LoraAdapter.Create(model, new() { HasValueHead = true });
        using LoraAdapter without = LoraAdapter.Create(model);

        await with.SaveAsync(_folder.Path);
        await without.SaveAsync(_folder.Path);

        using LoraAdapter read = LoraAdapter.Load(model, _folder.Path);
        read.Options.HasValueHead.Should().BeFalse();
    }

    [Fact]
    public async Task A_value_head_of_another_width_or_without_a_tensor_is_refused()
    {
        using ModelWeights model = TinyModel.Create();
        using LoraAdapter adapter = LoraAdapter.Create(model, new() { HasValueHead = true });
        await adapter.SaveAsync(_folder.Path);
        string head = Path.Combine(_folder.Path, "value_head.safetensors");

        await SafetensorsWriter.WriteAsync(head, [new("value_head.weight", [2], new float[2]), new("value_head.bias", [1], new float[1])]);
        FluentActions.Invoking(() => LoraAdapter.Load(model, _folder.Path)).Should().Throw<ModelFormatException>().WithMessage("*'value_head.weight' has 2 numbers; 16 are expected*");
        await SafetensorsWriter.WriteAsync(head, [new("value_head.weight", [16], new float[16])]);
        FluentActions.Invoking(() => LoraAdapter.Load(model, _folder.Path)).Should().Throw<ModelFormatException>().WithMessage("*'value_head.bias' is missing*");
    }

    [Fact]
    public void A_new_adapter_has_small_random_A_and_B_of_zero()
    {
        using ModelWeights model = TinyModel.Create();
        using LoraAdapter adapter = LoraAdapter.Create(model, new() { Rank = 8 }, seed: 3);
        using LoraAdapter same = LoraAdapter.Create(model, new() { Rank = 8 }, seed: 3);
        using LoraAdapter other = LoraAdapter.Create(model, new() { Rank = 8 }, seed: 4);

        double[] a = Stores.Get(adapter.Store.Block["base_model.model.model.layers.1.mlp.up_proj.lora_A.weight"]);
        a.Should().OnlyContain(number => Math.Abs(number) <= 0.25, "the matrix has 16 inputs");
        a.Max().Should().BeGreaterThan(0.2);
        a.Average().Should().BeApproximately(0, 0.05);
        Stores.Get(adapter.Store.Block["base_model.model.model.layers.1.mlp.up_proj.lora_B.weight"]).Should().OnlyContain(number => number == 0);
        same.Hash.Should().Be(adapter.Hash).And.MatchRegex("^[0-9a-f]{64}$");
        other.Hash.Should().NotBe(adapter.Hash);
    }

    [Fact]
    public void A_clone_stands_alone()
    {
        using ModelWeights model = TinyModel.Create();
        using LoraAdapter adapter = LoraAdapter.Create(model);
        using LoraAdapter clone = adapter.Clone();
        using var trainer = new ModelTrainer(model, adapter);
        clone.Hash.Should().Be(adapter.Hash);

        TinyModel.Step(trainer);

        clone.Hash.Should().NotBe(adapter.Hash);
    }

    [Theory]
    [InlineData(0, 32, 0, LoraTargets.All)]
    [InlineData(4, 0, 0, LoraTargets.All)]
    [InlineData(4, double.NaN, 0, LoraTargets.All)]
    [InlineData(4, 8, 1, LoraTargets.All)]
    [InlineData(4, 8, -0.1, LoraTargets.All)]
    [InlineData(4, 8, 0, LoraTargets.None)]
    [InlineData(4, 8, 0, (LoraTargets)128)]
    public void Impossible_shapes_are_refused(int rank, double alpha, double dropout, LoraTargets targets)
    {
        using ModelWeights model = TinyModel.Create();

        FluentActions.Invoking(() => LoraAdapter.Create(model, new() { Rank = rank, Alpha = alpha, Dropout = dropout, Targets = targets }))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void The_scale_is_alpha_over_the_rank_or_its_root()
    {
        new LoraOptions { Rank = 16, Alpha = 8 }.Scale.Should().Be(0.5);
        new LoraOptions { Rank = 16, Alpha = 8, IsRankStabilized = true }.Scale.Should().Be(2);
    }

    private static LoraAdapter Trained(ModelWeights model, LoraOptions options)
    {
        LoraAdapter adapter = LoraAdapter.Create(model, options);
        using var trainer = new ModelTrainer(model, adapter, new() { Optimizer = new() { LearningRate = 0.1 } });
        TinyModel.Step(trainer);
        TinyModel.Step(trainer);
        return adapter;
    }

    private static ModelWeights Reordered(ModelWeights halves)
    {
        TransformerConfig config = halves.Config with { RotaryLayout = RotaryLayout.Pairs };
        ModelWeights pairs = ModelWeights.Create(config, 1);
        foreach (TensorSlot slot in halves.Store.Block!.Slots)
        {
            pairs.Store.Block!.Fill(RotaryRows.Convert(halves.Store.Block.Copy(slot), config.HeadSize, RotaryLayout.Halves, RotaryLayout.Pairs));
        }

        return pairs;
    }
}
