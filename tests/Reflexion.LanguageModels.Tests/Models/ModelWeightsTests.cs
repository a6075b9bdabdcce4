using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class ModelWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_comes_back_from_its_folder_and_says_the_same()
    {
        using ModelWeights model = ModelWeights.Create(TinyModel.Config with { TiedEmbeddings = false, AttentionBias = true }, 3, 0.3);
        await model.SaveAsync(_folder.Path);
        using ModelWeights mapped = ModelWeights.Open(_folder.Path);
        using ModelWeights trainable = mapped.ToTrainable();
        using ModelWeights copy = trainable.ToTrainable();
        string[] scores = [.. new[] { model, mapped, trainable, copy }.Select(Score)];

        scores.Distinct().Should().ContainSingle();
        new[] { model, mapped, trainable, copy }.Select(weights => weights.IsTrainable).Should().Equal(true, false, true, true);
        await mapped.Awaiting(weights => weights.SaveAsync(_folder.File("b"))).Should().ThrowAsync<InvalidOperationException>().WithMessage("*in a file already*");
        FluentActions.Invoking(() => new ModelTrainer(mapped)).Should().Throw<ArgumentException>().WithMessage("*copy it to train it*");
    }

    [Fact]
    public void New_weights_have_the_deviation_asked_for()
    {
        using ModelWeights model = ModelWeights.Create(TinyModel.Config with { VocabularySize = 1_000 }, 3, 0.1);

        double[] embedding = Stores.Get(model.Store.Block!["model.embed_tokens.weight"]);
        Math.Sqrt(embedding.Average(number => number * number)).Should().BeApproximately(0.1, 0.002);
        Stores.Get(model.Store.Block["model.norm.weight"]).Should().OnlyContain(number => number == 1);
    }

    [Fact]
    public void Impossible_models_are_refused()
    {
        FluentActions.Invoking(() => ModelWeights.Create(TinyModel.Config with { KeyValueHeadCount = 3 }, 1)).Should().Throw<ArgumentException>().WithMessage("*cannot share 3*");
        FluentActions.Invoking(() => ModelWeights.Create(TinyModel.Config, 1, 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ModelWeights.Open(_folder.File("none.gguf"))).Should().Throw<IOException>();
    }

    private static string Score(ModelWeights weights)
    {
        using LoraAdapter adapter = LoraAdapter.Create(weights, new() { Rank = 1 });
        using var trainer = new ModelTrainer(weights, adapter);
        return string.Join(' ', trainer.Score(TinyModel.Batch).SelectMany(score => score.LogProbs));
    }
}
