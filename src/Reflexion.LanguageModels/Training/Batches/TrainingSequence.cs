using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>A prompt and the response to it. Only the response's tokens have log-probabilities; text without a prompt has its first token as one.</summary>
/// <param name="Prompt">The tokens that are given; at least one.</param>
/// <param name="Response">The tokens that are predicted, the end token included if it was sampled; at least one.</param>
public sealed record TrainingSequence(ImmutableArray<int> Prompt, ImmutableArray<int> Response)
{
    /// <summary>What the logits are divided by before the softmax, above 0: the temperature that the response was sampled with. Default: 1.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Tokens of prompt and response.</summary>
    public int Length => Prompt.Length + Response.Length;

    internal void Validate(string name)
    {
        if (Prompt.IsDefaultOrEmpty || Response.IsDefaultOrEmpty)
        {
            throw new ArgumentException("A sequence needs a prompt and a response of at least one token each; give text without a prompt its first token as one.", name);
        }

        if (!(double.IsFinite(Temperature) && Temperature > 0))
        {
            throw new ArgumentException($"A temperature is a finite number above 0, not {Temperature}; what was sampled greedily is scored at 1.", name);
        }
    }
}
