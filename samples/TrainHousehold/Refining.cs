using System.Globalization;
using Reflexion.LanguageModels;
using Reflexion.Retroformer;
using Reflexion.Samples.HouseholdModel;

namespace TrainHousehold;

/// <summary>The second and third stage: an adapter learns to write refinements, first from rated ones, then by policy gradient. The actor stays as it is.</summary>
internal sealed class Refining
{
    private const long RatingSeed = 11;
    private const long PolicySeed = 12;

    // Solved in two of three retries with it at least, and not without it.
    private const double MinGain = 0.5;

    private readonly RefinementWriter _writer;
    private readonly string _folder;
    private readonly RefiningOptions _options;
    private readonly string _data;
    private readonly Practice[] _practices;

    internal Refining(RefinementWriter writer, TrainingSettings settings, Practice[] practices) =>
        (_writer, _folder, _options, _practices, _data) =
        (writer, settings.Folder, settings.Refining, practices, $"{string.Join(" and ", practices.Select(practice => practice.Name))}, kinds {settings.Kinds}");

    /// <summary>Supervised fine-tuning on what helped.</summary>
    internal async Task SupervisedAsync(CancellationToken stop)
    {
        string adapterFolder = Path.Combine(_folder, "sft");
        if (IsKept(adapterFolder))
        {
            return;
        }

        var rated = new List<Experience>();
        foreach (Practice practice in _practices)
        {
            rated.AddRange(await RateAsync(practice, stop));
        }

        using LoraAdapter adapter = _writer.Model.CreateAdapter(new() { Rank = 16, Alpha = 32, HasValueHead = true }, seed: 2);
        var stage = new SupervisedStage(_writer.Model, adapter, new()
        {
            Epochs = _options.SupervisedEpochs,
            MinGain = MinGain,
            SamplesPerStep = 16,
            Trainer = new() { Data = _data, Optimizer = new() { LearningRate = _options.SupervisedLearningRate } },
            CheckpointPath = Path.Combine(_folder, "sft.training"),
            CheckpointEvery = 5,
        });
        if (!_options.IsMiniature || rated.Exists(IsHelpful))
        {
            SupervisedReport report = await stage.RunAsync(rated, new SupervisedReporter(), stop);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"supervised: {report.Samples} refinements that helped, loss of a token {report.LossBefore:F3} before, {report.LossAfter:F3} after"));
        }

        await adapter.SaveAsync(adapterFolder, cancellationToken: stop);
    }

    /// <summary>Policy gradient from the supervised policy.</summary>
    internal async Task PolicyGradientAsync(string name, PolicyObjective objective, bool shuffles, CancellationToken stop)
    {
        string adapterFolder = Path.Combine(_folder, name);
        if (IsKept(adapterFolder))
        {
            return;
        }

        var bar = new ProgressBar(name, _options.Updates);
        using LoraAdapter adapter = _writer.Model.LoadAdapter(Path.Combine(_folder, "sft"));
        using var trainer = new RetrospectiveTrainer(_writer.Model, adapter, Mixed(practice => practice.Train), Mixed(practice => practice.HeldOut), new()
        {
            Objective = objective,
            RefinementsPerFailure = 8,
            FailuresPerUpdate = _options.FailuresPerUpdate,
            Updates = _options.Updates,
            EpochsPerBatch = objective == PolicyObjective.Ppo ? 2 : 1,
            KlCoefficient = 0.01,
            MaxRefinementTokens = _writer.Options.MaxTokens,
            EvaluateEvery = _options.EvaluateEvery,
            HeldOutFailures = _options.HeldOutFailures,
            ShufflesRewards = shuffles,
            Patience = 0,
            Seed = PolicySeed,
            Trainer = new() { Data = _data, Optimizer = new() { LearningRate = _options.LearningRate } },
            CheckpointFolder = Path.Combine(_folder, $"{name}.training"),
            CheckpointEvery = 5,
            LogPath = Path.Combine(_folder, $"{name}.jsonl"),
            MaxConcurrentRetries = HouseholdPlayer.Sequences,
        });
        RetrospectiveTrainingResult result = await trainer.RunAsync(new Reporter(bar), stop);
        Console.WriteLine(result.PromotedUpdate == 0 ? $"{name}: no policy was better on held-out failures, so the supervised one stays" : $"{name}: the policy after update {result.PromotedUpdate} of {result.Updates} stays");
        await adapter.SaveAsync(adapterFolder, cancellationToken: stop);
    }

    private async Task<Experience[]> RateAsync(Practice practice, CancellationToken stop)
    {
        Experience[] rated = await new Rating(_writer, practice, RatingSeed).RateAsync(_options.RatedFailures / _practices.Length, stop);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"rated, {practice.Name}: {rated.Length} refinements, {rated.Average(each => each.ReturnAfter):P1} of their retries solved, {rated.Average(each => each.NullReturns[0]):P1} without one, {rated.Count(IsHelpful)} helped mostly"));
        return rated;
    }

    private IRolloutSource Mixed(Func<Practice, IRolloutSource> part) => _practices is [var only] ? part(only) : new MixedRolloutSource(_practices.Select(part));

    private static bool IsKept(string adapterFolder)
    {
        bool isThere = Directory.Exists(adapterFolder);
        if (isThere)
        {
            Console.WriteLine($"{Path.GetFileName(adapterFolder)}: trained already, and kept as it is; delete {adapterFolder} to train it again");
        }

        return isThere;
    }

    private static bool IsHelpful(Experience experience) => experience.Gain > MinGain;

    private sealed class SupervisedReporter : IProgress<SupervisedStep>
    {
        private ProgressBar? _bar;

        public void Report(SupervisedStep value) => (_bar ??= new("sft", (int)value.Steps)).Show((int)value.Step, string.Create(CultureInfo.InvariantCulture, $"loss of a token {value.Loss:F3}"));
    }

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
