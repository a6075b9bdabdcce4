using Reflexion;
using Reflexion.LanguageModels;
using Reflexion.Retroformer;
using Reflexion.Samples.HouseholdModel;

namespace QuickStart;

/// <summary>The small model of this repository: one set of weights acts, an adapter beside it writes refinements.</summary>
internal sealed class EmbeddedPlayer : Player
{
    private const int WorldCount = 100;

    private readonly LanguageModel _model;
    private readonly LoraAdapter _adapter;

    private EmbeddedPlayer(LanguageModel model)
        : base("a language model of 1.9 million parameters, in this process", "Retroformer", new(Worlds(WorldCount), PlayerPrompts.Options(trials: Trials)), HouseholdPlayer.Sequences) =>
        (_model, _adapter) = (model, model.LoadAdapter(Path.Combine(HouseholdPlayer.Folder, HouseholdPlayer.Refiner)));

    internal static async Task<Player> LoadAsync(CancellationToken stop) => new EmbeddedPlayer(await HouseholdPlayer.LoadAsync(HouseholdPlayer.Folder, stop));

    internal override void Retry(ReflexionAgentBuilder agent) => agent.Play(_model, Domain);

    internal override void Learn(ReflexionAgentBuilder agent) => agent.Play(_model, Domain).Learn(RefinementWriter.Own(_model), _adapter);

    public override void Dispose()
    {
        _adapter.Dispose();
        _model.Dispose();
    }
}
