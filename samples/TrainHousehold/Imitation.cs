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

    /// <summary>Trains the actor and writes it ; goes on from a checkpoint where there is one.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
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
        (int updates, double rate) = options.Rounds[round];
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
        Task<(TrainingBatch Batch, float[][] Weights)> next = Task.Run(() => Batch(model.Tokenizer, options.Rounds[round], before + (int)trainer.Step), stop);
        while (trainer.Step < updates)
        {
            (TrainingBatch batch, float[][] weights) = await next;
            int following = before + (int)trainer.Step + 1;
            next = Task.Run(() => Batch(model.Tokenizer, options.Rounds[round], following), stop);
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
            .Select(each => PlayerTokens.Encode(tokenizer, each.Attempt, each.Afterwards))
            .ToArray();
        return (new(encoded.Select(each => each.Sequence)), [.. encoded.Select(each => each.Weights)]);
    }

    private static IEnumerable<(Attempt Attempt, (string Ask, string Answer, float Weight) Afterwards)> Read(long seed, int pieceSteps, Random random) =>
        from attempt in Game(seed)
        from piece in Pieces(attempt, pieceSteps)
        let quiz = Teacher.Quiz(piece, random)
        where quiz is not null
        select (piece, (quiz.Value.Ask, quiz.Value.Answer, 1f));

    private static IEnumerable<(Attempt Attempt, (string Ask, string Answer, float Weight) Afterwards)> Played(long seed, bool isRetold, ImitationRound round, Random random) =>
        Game(seed, isRetold).Select((attempt, i) => (attempt, i != 1 && Teacher.Quiz(attempt, random) is { } quiz
            ? (quiz.Ask, quiz.Answer, Answered)
            : (PlayerPrompts.Ask, Teacher.AnythingTrue(attempt, Rating.OnTopic, random), round.Written)));

    // Without the room, no action can be foretold, so none is imitated.
    private static IEnumerable<Attempt> Pieces(Attempt attempt, int pieceSteps) => attempt.Steps
        .Where(step => step.Observation.Contains("you see a", StringComparison.Ordinal))
        .Chunk(pieceSteps)
        .Select(steps => attempt with { Refinement = null, Room = "", Steps = [.. steps.Select(step => step with { IsSlip = true })] });

    private static IEnumerable<string> Messages(int game)
    {
        Attempt attempt = Game(VocabularySeed + game)[0];
        var random = new Random(game);
        return [.. PlayerPrompts.Reflect(attempt).Select(message => message.Text), Teacher.AnythingTrue(attempt, 0, random), Teacher.Quiz(attempt, random)?.Ask ?? ""];
    }

    /// <summary>A world played as it is, and again with refinements of that attempt, or with the attempt itself in the prompt.</summary>
    private static Attempt[] Game(long seed, bool isRetold = false)
    {
        HouseholdWorld world = s_worlds.Generate(seed);
        var random = new Random((int)(seed % int.MaxValue));
        Attempt first = Play(null);
        Attempt second = Play(Teacher.ForPractice(first, world.Goal, random));
        Attempt third = isRetold
            ? Play(Refinements.Join(Teacher.Seen(new(first), world.Goal))) with { Refinement = PlayerPrompts.Retell(first) }
            : Play(Teacher.ForPractice(second, world.Goal, random));
        return [first, second, third];

        Attempt Play(string? refinement) => Demonstrator.Play(world, refinement, PlayerPrompts.Steps, random, SlipRate);
    }
}
