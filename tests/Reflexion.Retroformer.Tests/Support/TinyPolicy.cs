using Reflexion.LanguageModels;
using Reflexion.Retroformer;

namespace Reflexion.Tests;

/// <summary>A random model of one narrow layer whose tokens are bytes. Its matrices are spread wide enough for an adapter to move its choices.</summary>
public sealed class TinyPolicy : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reflexion-").FullName;

    public LanguageModel Model { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Tokenizer tokenizer = BytePairTrainer.Train(["ab"], new BytePairTrainerOptions { VocabularySize = 259 });
        var config = new TransformerConfig
        {
            VocabularySize = 259,
            HiddenSize = 32,
            IntermediateSize = 32,
            LayerCount = 1,
            HeadCount = 2,
            KeyValueHeadCount = 1,
            ContextLength = 64,
        };
        using (ModelWeights weights = ModelWeights.Create(config, seed: 5, deviation: 0.25))
        {
            await weights.SaveAsync(_folder);
        }

        await tokenizer.SaveAsync(_folder);
        Model = await LanguageModel.LoadAsync(_folder, new() { Threads = 1, MaxSequences = 64, PrefixCacheTokens = 0 });
    }

    public async Task DisposeAsync()
    {
        await Model.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public LoraAdapter Adapter(bool hasValueHead = false, ulong seed = 3) =>
        Model.CreateAdapter(new() { Rank = 4, Alpha = 8, HasValueHead = hasValueHead }, seed);

    /// <summary>Options under which the tiny model learns in some updates.</summary>
    public static RetrospectiveTrainerOptions Quick { get; } = new()
    {
        RefinementsPerFailure = 6,
        FailuresPerUpdate = 12,
        Updates = 20,
        MaxRefinementTokens = 4,
        KlCoefficient = 0.001,
        EvaluateEvery = 10,
        HeldOutFailures = 48,
        Gate = new() { Resamples = 400 },
        Seed = 11,
        Trainer = new() { Threads = 1, Optimizer = new() { LearningRate = 0.02, WeightDecay = 0 } },
        Time = new FrozenTime(),
    };
}
