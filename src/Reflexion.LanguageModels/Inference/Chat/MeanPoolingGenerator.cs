using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Reflexion.LanguageModels;

/// <summary>Embeds texts by the mean over their tokens of the hidden state after the final norm.</summary>
internal sealed class MeanPoolingGenerator(LanguageModel model) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata _metadata = new("reflexion", defaultModelId: model.Name, defaultModelDimensions: model.Config.HiddenSize);

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.Dimensions is { } dimensions && dimensions != model.Config.HiddenSize)
        {
            throw new NotSupportedException($"The model's embeddings have {model.Config.HiddenSize} numbers, not {dimensions}.");
        }

        ImmutableArray<int>[] texts = [.. values.Select(Encode)];
        Embedding<float>[] embeddings = await Task.WhenAll(texts.Select(ids => EmbedAsync(ids, cancellationToken))).ConfigureAwait(false);
        long tokens = texts.Sum(ids => (long)ids.Length);
        return new(embeddings) { Usage = new() { InputTokenCount = tokens, TotalTokenCount = tokens } };
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType == typeof(LanguageModel) ? model
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose()
    {
    }

    internal async Task<Embedding<float>> EmbedAsync(ImmutableArray<int> ids, CancellationToken cancellationToken)
    {
        var sums = new double[model.Config.HiddenSize];
        await model.ReadAsync(ids, 0, RowOutput.HiddenState, null, (_, row) => Add(row, sums), cancellationToken).ConfigureAwait(false);
        return new Embedding<float>(Array.ConvertAll(sums, sum => (float)(sum / ids.Length))) { ModelId = model.Name };
    }

    private static void Add(ReadOnlySpan<float> row, double[] sums)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += row[i];
        }
    }

    private ImmutableArray<int> Encode(string text)
    {
        ImmutableArray<int> ids = model.Tokenizer.Encode(text, parseSpecial: false, addSpecial: true);
        if (ids.IsEmpty)
        {
            throw new ArgumentException("An empty text has no embedding.", nameof(text));
        }

        return ids.Length <= model.ContextLength ? ids : throw new PromptTooLongException(ids.Length, model.ContextLength);
    }
}
