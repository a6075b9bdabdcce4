using Reflexion;
using Reflexion.LanguageModels;
using Reflexion.Samples.HouseholdModel;
using Reflexion.Samples.Sentences;

namespace RetroformerExperiments;

/// <summary>Sentences from given words: the pretrained model writes them as it is, and hints with an adapter.</summary>
internal sealed class SentenceSetting(LanguageModel model, ExperimentSettings settings) : ISetting
{
    public string Description => "sentences from given words";

    public RefinementWriter Writer { get; } = RefinementWriter.Pretrained(model, SentenceHints.Reflect);

    public IRetrospectiveModel? LastAttempt => null;

    public ITrajectoryEvaluator? Evaluator => null;

    public IAgentDomain Test { get; } = new SentenceDomain(SentencePart.Test, settings.Tasks, settings.Trials);

    public IAgentDomain Training(int count) => new SentenceDomain(SentencePart.Train, count, settings.Trials, seed: 2);

    public IAgentDomain Glimpse(int count) => new SentenceDomain(SentencePart.Test, Math.Min(count, settings.Tasks), trials: 2);

    public void Play(ReflexionAgentBuilder agent, IAgentDomain domain, double temperature) => agent.Write(model, domain, temperature);

    public void Dispose() => model.Dispose();
}
