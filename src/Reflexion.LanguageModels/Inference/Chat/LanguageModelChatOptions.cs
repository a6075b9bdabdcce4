using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>What a chat client does where a call does not say.</summary>
public sealed record LanguageModelChatOptions
{
    /// <summary>How tokens are drawn; calls override single values. Default: temperature 0.7, top-p 0.95.</summary>
    public SamplingOptions Sampling { get; init; } = new() { Temperature = 0.7, TopP = 0.95 };

    /// <summary>Most tokens of a reply, at least 1. Default: 512.</summary>
    public int MaxOutputTokens { get; init; } = 512;

    /// <summary>Decides what is drawn. Default: null, a seed that follows from the model's and the number of requests so far.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Texts that end every reply, beside those of a call. Default: none.</summary>
    public ImmutableArray<string> StopSequences { get; init; } = [];

    /// <summary>What the model is changed by, or null. Each call uses it as it is then.</summary>
    public LoraAdapter? Adapter { get; init; }

    /// <summary>The template in place of the model's own, or null.</summary>
    public ChatTemplate? ChatTemplate { get; init; }

    /// <summary>What the template may use, and how far it may go; null for the defaults.</summary>
    public ChatTemplateOptions? TemplateOptions { get; init; }

    /// <summary>What metadata and responses call the model. Default: null, the name of its file.</summary>
    public string? ModelId { get; init; }

    /// <summary>
    /// Whether replies carry the tokens drawn and their log-probabilities, to be read by <see cref="ReplyTokens.Of"/>: some 10 bytes for each token of prompt and reply.
    /// Default: false.
    /// </summary>
    public bool RecordTokens { get; init; }

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Sampling);
        Sampling.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxOutputTokens, 1);
    }
}
