using System.Globalization;
using Reflexion.Environments;
using Reflexion.LanguageModels;
using Reflexion.Retroformer;
using Reflexion.Samples.HouseholdModel;

namespace TrainHousehold;

/// <summary>The second and third stage: an adapter learns to write refinements, first from rated ones, then by policy gradient. The actor stays as it is.</summary>
internal sealed class Refining(LanguageModel model, string folder, RefiningOptions options)
{
    private const long RatingSeed = 11;
    private const long PolicySeed = 12;

    private readonly AgentRolloutSource _train = HouseholdPlayer.Rollouts(model, Worlds(HouseholdSplit.Train, options.Worlds));
    private readonly AgentRolloutSource _heldOut = HouseholdPlayer.Rollouts(model, Worlds(HouseholdSplit.Validation, options.Worlds / 4));

    /// <summary>Supervised fine-tuning on what helped.</summary>
    internal async Task<string> SupervisedAsync(CancellationToken stop)
    {
        string adapterFolder = Path.Combine(folder, "sft");
        if (Directory.Exists(adapterFolder))
        {
            return adapterFolder;
        }

        Experience[] rated = await Rating.RateAsync(model, _train, options.RatedFailures, RatingSeed, stop);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"rated: {rated.Length} refinements, {rated.Average(each => each.ReturnAfter):P1} of their retries solved, {rated.Average(each => each.NullReturns[0]):P1} without one, {rated.Count(each => each.Gain > 0)} helped"));
        using LoraAdapter adapter = model.CreateAdapter(new() { Rank = 16, Alpha = 32, HasValueHead = true }, seed: 2);
        var stage = new SupervisedStage(model, adapter, new()
        {
            Epochs = options.SupervisedEpochs,
            SamplesPerStep = 16,
            Trainer = new() { Optimizer = new() { LearningRate = 1e-3 } },
        });
        if (!options.IsMiniature || rated.Any(each => each.Gain > 0))
        {
            SupervisedReport report = await stage.RunAsync(rated, cancellationToken: stop);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"supervised: {report.Samples} refinements that helped, loss of a token {report.LossBefore:F3} before, {report.LossAfter:F3} after"));
        }

        await adapter.SaveAsync(adapterFolder, cancellationToken: stop);
        return adapterFolder;
    }

    /// <summary>Policy gradient from the supervised policy.</summary>
    internal async Task PolicyGradientAsync(string name, PolicyObjective objective, bool shuffles, CancellationToken stop)
    {
        string adapterFolder = Path.Combine(folder, name);
        if (Directory.Exists(adapterFolder))
        {
            return;
        }

        var bar = new ProgressBar(name, options.Updates);
        using LoraAdapter adapter = model.LoadAdapter(Path.Combine(folder, "sft"));
        using var trainer = new RetrospectiveTrainer(model, adapter, _train, _heldOut, new()
        {
            Objective = objective,
            RefinementsPerFailure = 4,
            FailuresPerUpdate = options.FailuresPerUpdate,
            Updates = options.Updates,
            EpochsPerBatch = objective == PolicyObjective.Ppo ? 2 : 1,
            KlCoefficient = 0.01,
            MaxRefinementTokens = Refinements.MaxTokens,
            EvaluateEvery = 10,
            HeldOutFailures = options.HeldOutFailures,
            ShufflesRewards = shuffles,
            Patience = 0,
            Seed = PolicySeed,
            Trainer = new() { Optimizer = new() { LearningRate = options.LearningRate } },
            CheckpointFolder = Path.Combine(folder, $"{name}.training"),
            CheckpointEvery = 5,
            LogPath = Path.Combine(folder, $"{name}.jsonl"),
            MaxConcurrentRetries = HouseholdPlayer.Sequences,
        });
        RetrospectiveTrainingResult result = await trainer.RunAsync(new Reporter(bar), stop);
        Console.WriteLine(result.PromotedUpdate == 0 ? $"{name}: no policy was better on held-out failures, so the supervised one stays" : $"{name}: the policy after update {result.PromotedUpdate} of {result.Updates} stays");
        await adapter.SaveAsync(adapterFolder, cancellationToken: stop);
    }

    private static IEnumerable<HouseholdWorld> Worlds(HouseholdSplit split, int count) => new HouseholdGenerator(new() { Split = split }).GenerateMany(count, firstSeed: 1L << 33);

    private sealed class Reporter(ProgressBar bar) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            switch (value)
            {
                case PolicyUpdated { Metrics: { } figures } updated:
                    bar.Show(updated.Number, string.Create(
                        CultureInfo.InvariantCulture,
                        $"return {figures.Return:F2}, without a refinement {figures.NullReturn:F2}, {figures.RefinementTokens:F0} tokens, kl {figures.Kl:F3}, entropy {figures.Entropy:F2}"));
                    break;
                case PolicyEvaluated evaluated:
                    PromotionDecision held = evaluated.Decision;
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"\n  held out after update {evaluated.Update}: return {held.CandidateReturn:F3}, incumbent {held.IncumbentReturn:F3}, gain [{held.Gain.Low:F3} {held.Gain.High:F3}], without a refinement {evaluated.NullReturn:F3}"));
                    break;
            }
        }
    }
}
