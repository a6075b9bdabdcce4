using Reflexion;
using Reflexion.Environments;
using Reflexion.LanguageModels;
using Reflexion.Samples.HouseholdModel;

namespace RetroformerExperiments;

/// <summary>Households: the small actor plays, and writes itself unless there is a pretrained model to write.</summary>
internal sealed class HouseholdSetting : ISetting
{
    private const long FirstWorld = 1L << 34;

    private readonly LanguageModel _actor;
    private readonly ExperimentSettings _settings;
    private readonly HouseholdWorld[] _worlds;

    private HouseholdSetting(LanguageModel actor, LanguageModel? pretrained, HouseholdWorld[] worlds, ExperimentSettings settings)
    {
        (_actor, _worlds, _settings) = (actor, worlds, settings);
        Writer = pretrained is null ? RefinementWriter.Own(actor) : RefinementWriter.Pretrained(pretrained);
        Test = Domain(worlds, settings.Trials);
    }

    public string Description => $"{_settings.Games ?? $"generated worlds, kinds {_settings.Kinds}"}, {_settings.Steps} steps";

    public RefinementWriter Writer { get; }

    public IRetrospectiveModel LastAttempt { get; } = new RetoldAttempt();

    public ITrajectoryEvaluator Evaluator { get; } = new HouseholdEvaluator(HouseholdStopRule.None);

    public IAgentDomain Test { get; }

    internal static async Task<HouseholdSetting> LoadAsync(ExperimentSettings settings, LanguageModel? pretrained, CancellationToken stop)
    {
        HouseholdWorld[] worlds = settings.Games is { } games
            ? [.. await HouseholdWorlds.LoadAsync(games, cancellationToken: stop)]
            : [.. HouseholdKinds.Worlds(HouseholdSplit.Test, settings.Kinds, settings.Tasks)];
        return new(await HouseholdPlayer.LoadAsync(settings.Actor, stop), pretrained, worlds, settings);
    }

    public IAgentDomain Training(int count) => Domain(HouseholdKinds.Worlds(HouseholdSplit.Train, _settings.Kinds, count, FirstWorld), _settings.Trials);

    public IAgentDomain Glimpse(int count) => Domain(_worlds.Take(count), trials: 2);

    public void Play(ReflexionAgentBuilder agent, IAgentDomain domain, double temperature) => agent.Play(_actor, domain, temperature);

    public void Dispose()
    {
        if (Writer.Model != _actor)
        {
            Writer.Model.Dispose();
        }

        _actor.Dispose();
    }

    private HouseholdDomain Domain(IEnumerable<HouseholdWorld> worlds, int trials) => new(worlds, PlayerPrompts.Options(_settings.Steps, trials));
}
