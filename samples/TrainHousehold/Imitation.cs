using System.Diagnostics;
using System.Globalization;
using Reflexion.Environments;
using Reflexion.LanguageModels;
using Reflexion.Samples.HouseholdModel;

namespace TrainHousehold;

/// <summary>The first stage: a model from scratch imitates demonstrations, with and without refinements, and learns to write some.</summary>
internal sealed class Imitation(string folder, ImitationOptions options)
{
    private const int VocabularySize = 1_024;
    private const int VocabularyGames = 1_500;
    private const long VocabularySeed = 1L << 40;

    private static readonly HouseholdGenerator s_worlds = new(new() { Split = HouseholdSplit.Train });

    private string Checkpoint => Path.Combine(folder, "imitation.checkpoint");

    internal static TransformerConfig Shape(int vocabulary) => new()
    {
        VocabularySize = vocabulary,
        HiddenSize = 192,
        IntermediateSize = 512,
        LayerCount = 4,
        HeadCount = 6,
        KeyValueHeadCount = 6,
        ContextLength = 4_096,
        TiedEmbeddings = true,
    };

    internal async Task<LanguageModel> RunAsync(CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        using LanguageModel start = await LanguageModel.LoadAsync(Path.Combine(folder, "start.gguf"), cancellationToken: stop);
        Tokenizer tokenizer = start.Tokenizer;
        using ModelWeights weightsOf = start.Weights.ToTrainable();
        using var trainer = new ModelTrainer(weightsOf, new TrainerOptions
        {
            Optimizer = new() { LearningRate = options.LearningRate, Beta2 = 0.95, WeightDecay = 0.05 },
            Schedule = LearningRateSchedule.Cosine(options.Updates, warmupSteps: 50, floor: 0.05),
            MaxTokensPerPass = 4_096,
            Threads = options.Threads,
        });
        if (File.Exists(Checkpoint))
        {
            await trainer.LoadCheckpointAsync(Checkpoint, stop);
        }

        long started = Stopwatch.GetTimestamp();
        long tokens = 0;
        Task<(TrainingBatch Batch, float[][] Weights)> next = Task.Run(() => Batch(tokenizer, 100_000 + (int)trainer.Step), stop);
        while (trainer.Step < options.Updates)
        {
            (TrainingBatch batch, float[][] weights) = await next;
            int following = (int)trainer.Step + 1;
            next = Task.Run(() => Batch(tokenizer, 100_000 + following), stop);
            double loss = Accumulate(trainer, batch, weights);
            trainer.Update();
            tokens += batch.TokenCount;
            if (trainer.Step % 10 == 0)
            {
                double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"imitation {trainer.Step}/{options.Updates}  loss {loss:F4}  {tokens / seconds:F0} tokens/s  {batch.TokenCount} tokens  {seconds:F0} s"));
            }

            if (trainer.Step % options.CheckpointEvery == 0)
            {
                await trainer.SaveCheckpointAsync(Checkpoint, stop);
            }
        }

        string plain = Path.Combine(folder, "plain");
        await weightsOf.SaveAsync(plain, stop);
        await tokenizer.SaveAsync(plain, stop);
        LanguageModel model = await LanguageModel.LoadAsync(plain, cancellationToken: stop);
        await model.SaveAsync(Path.Combine(folder, "actor.gguf"), StorageType.F16, stop);
        return model;
    }

    // What the model says, on average per token.
    private static double Accumulate(ModelTrainer trainer, TrainingBatch batch, float[][] weights)
    {
        double total = weights.Sum(each => each.Sum(weight => (double)weight));
        double said = weights.Sum(each => each.Count(weight => weight >= 1));
        double loss = 0;
        trainer.Accumulate(batch, pass =>
        {
            for (int i = 0; i < pass.Batch.Sequences.Length; i++)
            {
                float[] own = weights[pass.Batch.Places[i]];
                Span<float> gradients = pass.LogProbGradients(i);
                ReadOnlySpan<float> logProbs = pass.LogProbs(i);
                for (int t = 0; t < own.Length; t++)
                {
                    gradients[t] = (float)(-own[t] / total);
                    loss -= own[t] >= 1 ? logProbs[t] / said : 0;
                }
            }
        });
        return loss;
    }

    private (TrainingBatch Batch, float[][] Weights) Batch(Tokenizer tokenizer, int update)
    {
        var encoded = Enumerable.Range(0, options.Worlds)
            .SelectMany(world => Game(((long)update * options.Worlds) + world).Select((attempt, i) =>
            {
                var random = new Random((((update * options.Worlds) + world) * 2) + i);
                return PlayerTokens.Encode(tokenizer, attempt, Teacher.AnythingTrue(attempt, random));
            }))
            .ToArray();
        return (new(encoded.Select(each => each.Sequence)), [.. encoded.Select(each => each.Weights)]);
    }

    /// <summary>A world played as it is, and again with a refinement.</summary>
    private static Attempt[] Game(long seed)
    {
        HouseholdWorld world = s_worlds.Generate(seed);
        var random = new Random((int)(seed % int.MaxValue));
        Attempt first = Demonstrator.Play(world, null, PlayerPrompts.Steps, random);
        return [first, Demonstrator.Play(world, Teacher.ForPractice(first, world.Goal, random), PlayerPrompts.Steps, random)];
    }
}
