using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>How training ended.</summary>
/// <param name="End">Why.</param>
/// <param name="Updates">Updates made, those of earlier runs included.</param>
/// <param name="AdapterHash">Identifies the weights that the adapter now has.</param>
/// <param name="PromotedUpdate">The update whose weights these are: the incumbent's with a held-out source (0: none was promoted, and the adapter is as it was), else the last one.</param>
/// <param name="Decisions">What each held-out evaluation of this run came to.</param>
public sealed record RetrospectiveTrainingResult(
    TrainingEnd End, int Updates, string AdapterHash, int PromotedUpdate, ImmutableArray<PromotionDecision> Decisions);
