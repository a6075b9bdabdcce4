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
    private const int WarmUp = 50;
    private const double SlipRate = 0.06;
    private const float Answered = 0.5f;

    private static readonly HouseholdGenerator s_worlds = new(new() { Split = HouseholdSplit.Train });

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

    /// <summary>Trains the actor and writes it; goes on from a checkpoint where there is one.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        Tokenizer tokenizer = PlayerTokens.Learn(Enumerable.Range(0, VocabularyGames).SelectMany(Messages), VocabularySize);
        using var model = LanguageModel.Create(Shape(tokenizer.VocabularySize), tokenizer, seed: 1);
        int last = Enumerable.Range(0, options.Rounds.Length).LastOrDefault(round => File.Exists(Checkpoint(round)));
        for (int round = last; round < options.Rounds.Length; round++)
        {
            await RunAsync(model, round, stop);
        }

        await model.SaveAsync(Path.Combine(folder, HouseholdPlayer.File), StorageType.F16, stop);
    }

    private string Checkpoint(int round) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"imitation-{round + 1}.checkpoint"));

    private async Task RunAsync(LanguageModel model, int round, CancellationToken stop)
    {
        ImitationRound current = options.Rounds[round];
        (int updates, double rate) = current;
        using var trainer = new ModelTrainer(model.Weights, new TrainerOptions
        {
            Optimizer = new() { LearningRate = rate, Beta2 = 0.95, WeightDecay = 0.05 },
            Schedule = LearningRateSchedule.Cosine(updates, Math.Min(WarmUp, updates / 2), floor: 0.05),
        });
        if (File.Exists(Checkpoint(round)))
        {
            await trainer.LoadCheckpointAsync(Checkpoint(round), stop);
        }

        int before = options.Rounds.Take(round).Sum(each => each.Updates);
        var bar = new ProgressBar($"imitation, round {round + 1}", updates);
        Task<(TrainingBatch Batch, float[][] Weights)> next = Task.Run(() => Batch(model.Tokenizer, current, before + (int)trainer.Step), stop);
        while (trainer.Step < updates)
        {
            (TrainingBatch batch, float[][] weights) = await next;
            int following = before + (int)trainer.Step + 1;
            next = Task.Run(() => Batch(model.Tokenizer, current, following), stop);
            double loss = Accumulate(trainer, batch, weights);
            trainer.Update();
            bar.Show((int)trainer.Step, string.Create(CultureInfo.InvariantCulture, $"loss {loss:F3}"));
            if (trainer.Step % options.CheckpointEvery == 0 || trainer.Step == updates)
            {
                await trainer.SaveCheckpointAsync(Checkpoint(round), stop);
            }
        }
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

    private (TrainingBatch Batch, float[][] Weights) Batch(Tokenizer tokenizer, ImitationRound round, int update)
    {
        var encoded = Enumerable.Range(0, options.Worlds)
            .SelectMany(world =>
            {
                long seed = ((long)update * options.Worlds) + world;
                var random = new Random(unchecked((int)seed * 3) + 1);
                return round.PieceSteps > 0 ? Read(seed, round.PieceSteps, random) : Played(seed, isRetold: world == 0, round, random);
            })
            .Select(each => PlayerTokens.Encode(tokenizer, each.Attempt, each.Afterword, each.Weight))
            .ToArray();
        return (new(encoded.Select(each => each.Sequence)), [.. encoded.Select(each => each.Weights)]);
    }

    private static IEnumerable<(Attempt Attempt, Afterword Afterword, float Weight)> Read(long seed, int pieceSteps, Random random) =>
        from attempt in Game(seed)
        from piece in Pieces(attempt, pieceSteps, random)
        let quiz = Teacher.Quiz(piece, random)
        where quiz is not null
        select (piece, quiz, 1f);

    private static IEnumerable<(Attempt Attempt, Afterword Afterword, float Weight)> Played(long seed, bool isRetold, ImitationRound round, Random random) =>
        Game(seed, isRetold).Select((attempt, i) => i != 1 && Teacher.Quiz(attempt, random) is { } quiz
            ? (attempt, quiz, Answered)
            : (attempt, new(PlayerPrompts.Ask(attempt), Teacher.AnythingTrue(attempt, Practice.OnTopic, random)), round.Written));

    // Without the room, no action can be foretold, so none is imitated.
    private static IEnumerable<Attempt> Pieces(Attempt attempt, int pieceSteps, Random random) => attempt.Steps
        .Where(step => step.Observation.Contains("you see a", StringComparison.Ordinal))
        .Chunk(pieceSteps)
        .Select(steps =>
        {
            var numbers = new Renumbering(random);
            return attempt with { Refinement = null, Room = "", Steps = [.. steps.Select(step => new AttemptStep(numbers.Apply(step.Action), numbers.Apply(step.Observation), IsSlip: true))] };
        });

    private static IEnumerable<string> Messages(int game)
    {
        (HouseholdWorld world, Random player) = World(VocabularySeed + game);
        Attempt attempt = Play(world, null, player);
        var random = new Random(game);
        return [.. PlayerPrompts.Reflect(attempt).Select(message => message.Text), Teacher.AnythingTrue(attempt, 0, random), Teacher.Quiz(attempt, random)?.Ask ?? ""];
    }

    /// <summary>A world played as it is, and again with refinements of that attempt, or with the attempt itself in the prompt.</summary>
    private static Attempt[] Game(long seed, bool isRetold = false)
    {
        (HouseholdWorld world, Random random) = World(seed);
        Attempt first = Play(world, null, random);
        Attempt second = Play(world, Teacher.ForPractice(first, world.Goal, random), random);
        Attempt third = isRetold
            ? Play(world, Refinements.Join(Teacher.Seen(new(first), world.Goal)), random) with { Refinement = PlayerPrompts.Retell(first) }
            : Play(world, Teacher.ForPractice(second, world.Goal, random), random);
        return [first, second, third];
    }

    private static (HouseholdWorld World, Random Random) World(long seed) => (s_worlds.Generate(seed), new((int)(seed % int.MaxValue)));

    private static Attempt Play(HouseholdWorld world, string? refinement, Random random) => Demonstrator.Play(world, refinement, PlayerPrompts.Steps, random, SlipRate);
}
