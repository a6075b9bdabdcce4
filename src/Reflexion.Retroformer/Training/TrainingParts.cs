using System.Diagnostics.CodeAnalysis;
using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>What a training is made of.</summary>
internal sealed class TrainingParts : IDisposable
{
    public TrainingParts(
        LanguageModel model, LoraAdapter adapter, IRolloutSource source, IRolloutSource? heldOut, RetrospectiveTrainerOptions options, RewardModel? rewardModel)
    {
        (Model, Adapter, Source, HeldOut, Options, HasRewardModel) = (model, adapter, source, heldOut, options, rewardModel is not null);
        Policy = new(model.Weights, adapter, options.Trainer);
        Rollouts = new(model, adapter, options, rewardModel);
        Updater = new(Policy, options);
        UseReference(adapter.Clone());
    }

    public LanguageModel Model { get; }

    public LoraAdapter Adapter { get; }

    public IRolloutSource Source { get; }

    public IRolloutSource? HeldOut { get; }

    public RetrospectiveTrainerOptions Options { get; }

    public bool HasRewardModel { get; }

    public ModelTrainer Policy { get; }

    public LoraAdapter Reference { get; private set; }

    public RefinementRollouts Rollouts { get; }

    public PolicyScorer Scorer { get; private set; }

    public PolicyUpdater Updater { get; }

    private ModelTrainer ReferencePolicy { get; set; }

    /// <summary>Takes an adapter as the reference policy, and owns it from now on.</summary>
    [MemberNotNull(nameof(Reference), nameof(ReferencePolicy), nameof(Scorer))]
    public void UseReference(LoraAdapter reference)
    {
        ReferencePolicy?.Dispose();
        Reference?.Dispose();
        Reference = reference;
        ReferencePolicy = new(Model.Weights, reference, Options.Trainer);
        Scorer = new(Policy, ReferencePolicy, Options);
    }

    public void Dispose()
    {
        Policy.Dispose();
        ReferencePolicy.Dispose();
        Reference.Dispose();
    }
}
