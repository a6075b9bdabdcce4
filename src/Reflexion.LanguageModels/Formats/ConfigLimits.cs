namespace Reflexion.LanguageModels;

/// <summary>What a model's configuration must keep to, whichever file it comes from.</summary>
internal static class ConfigLimits
{
    private const int LargestVocabulary = 1 << 24;
    private const int LargestWidth = 1 << 20;
    private const int MostLayers = 1 << 12;
    private const int MostHeads = 1 << 12;

    /// <summary>The configuration, its head size said even where it follows from others, so that equal models are equal.</summary>
    /// <exception cref="ModelFormatException">A number is out of range, or two do not go together.</exception>
    public static TransformerConfig Checked(string source, TransformerConfig config)
    {
        InRange(source, "vocabulary size", config.VocabularySize, LargestVocabulary);
        InRange(source, "hidden size", config.HiddenSize, LargestWidth);
        InRange(source, "feed-forward size", config.IntermediateSize, LargestWidth);
        InRange(source, "number of layers", config.LayerCount, MostLayers);
        InRange(source, "number of heads", config.HeadCount, MostHeads);
        InRange(source, "number of key and value heads", config.KeyValueHeadCount, config.HeadCount);
        InRange(source, "head size", config.HeadSize, LargestWidth / config.HeadCount);
        InRange(source, "context length", config.ContextLength, int.MaxValue);
        Require(source, config.HeadSize % 2 == 0, $"the head size is {config.HeadSize}; rotary positions need an even one");
        Require(source, config.HeadCount % config.KeyValueHeadCount == 0, $"{config.HeadCount} heads cannot share {config.KeyValueHeadCount} key and value heads evenly");
        Require(source, config.NormEpsilon is >= 0 and < 1, $"the epsilon of the norms is {config.NormEpsilon}; a number from 0 to 1 is expected");
        Require(source, config.RopeBase is > 0 and <= double.MaxValue, $"the base of the rotary positions is {config.RopeBase}; a positive number is expected");
        CheckFactors(source, config);
        return config with { HeadSize = config.HeadSize };
    }

    private static void CheckFactors(string source, TransformerConfig config)
    {
        if (!config.RopeFactors.IsEmpty)
        {
            Require(source, config.RopeFactors.Length == config.HeadSize / 2, $"there are {config.RopeFactors.Length} factors of rotary frequencies; {config.HeadSize / 2} are expected");
            Require(source, config.RopeFactors.All(factor => factor is > 0 and <= float.MaxValue), "a factor of a rotary frequency is not a positive number");
        }
    }

    private static void InRange(string source, string what, int value, int limit) =>
        Require(source, value >= 1 && value <= limit, $"the {what} is {value}; 1 to {limit} is expected");

    private static void Require(string source, bool condition, string problem)
    {
        if (!condition)
        {
            throw new ModelFormatException(source, $"{problem}. The file is damaged, or of a model of another kind.");
        }
    }
}
