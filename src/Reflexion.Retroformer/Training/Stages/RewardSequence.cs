using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>A refinement as a reward model reads it: up to an end token, before which the value head has seen all of it.</summary>
internal static class RewardSequence
{
    public static TrainingSequence Of(TrainingSequence refinement, int endId) =>
        new(refinement.Prompt, !refinement.Response.IsDefaultOrEmpty && refinement.Response[^1] == endId ? refinement.Response : refinement.Response.Add(endId));

    public static int EndOf(LanguageModel model) => model.Tokenizer.EndIds.Length > 0
        ? model.Tokenizer.EndIds[0]
        : throw new ArgumentException("The tokenizer has no end token, before which a refinement could be judged; give it one.", nameof(model));

    public static void EnsureHead(LoraAdapter adapter)
    {
        if (!adapter.Options.HasValueHead)
        {
            throw new ArgumentException($"The adapter has no value head; create it with {nameof(LoraOptions)}.{nameof(LoraOptions.HasValueHead)}.", nameof(adapter));
        }
    }
}
