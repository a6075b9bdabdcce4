namespace Reflexion.LanguageModels;

/// <summary>
/// How the next token is drawn. In this order: penalties on the logits, the filter, division by the temperature and softmax, the
/// <see cref="TopK"/> likeliest, of these the likeliest that make up <see cref="TopP"/>, of these those not below <see cref="MinP"/>;
/// what is left is scaled up to a distribution again. The default changes nothing: tokens are drawn from the model's own distribution.
/// </summary>
public sealed record SamplingOptions
{
    /// <summary>What logits are divided by, from 0 (the likeliest token always) to 100. Default: 1.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>How many of the likeliest tokens can be drawn; 0: all. Default: 0.</summary>
    public int TopK { get; init; }

    /// <summary>The share in (0, 1] that the likeliest tokens which can be drawn make up together. Default: 1.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Tokens less likely than this share, in [0, 1], of the likeliest one are never drawn. Default: 0.</summary>
    public double MinP { get; init; }

    /// <summary>Logits of tokens in the prompt or the completion are divided by this if positive, multiplied if negative; above 0, at most 100. Default: 1.</summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Subtracted from a token's logit for each time that it is in the completion; −100 to 100. Default: 0.</summary>
    public double FrequencyPenalty { get; init; }

    /// <summary>Subtracted once from the logits of tokens that are in the completion; −100 to 100. Default: 0.</summary>
    public double PresencePenalty { get; init; }

    internal bool HasPenalties => RepetitionPenalty != 1 || FrequencyPenalty != 0 || PresencePenalty != 0;

    internal void Validate()
    {
        Require(Temperature, nameof(Temperature), Temperature is >= 0 and <= 100, "The temperature lies between 0 and 100.");
        Require(TopK, nameof(TopK), TopK >= 0, "The number of tokens to choose from is at least 1, or 0 for all.");
        Require(TopP, nameof(TopP), TopP is > 0 and <= 1, "The share of likely tokens lies above 0 and at most at 1.");
        Require(MinP, nameof(MinP), MinP is >= 0 and <= 1, "The share of the likeliest token lies between 0 and 1.");
        Require(RepetitionPenalty, nameof(RepetitionPenalty), RepetitionPenalty is > 0 and <= 100, "The repetition penalty lies above 0 and at most at 100; 1 changes nothing.");
        Require(FrequencyPenalty, nameof(FrequencyPenalty), FrequencyPenalty is >= -100 and <= 100, "The frequency penalty lies between −100 and 100.");
        Require(PresencePenalty, nameof(PresencePenalty), PresencePenalty is >= -100 and <= 100, "The presence penalty lies between −100 and 100.");
    }

    private static void Require(double value, string name, bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, message);
        }
    }
}
