using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Makes embeddings with the generator of the options, where there is one.</summary>
internal sealed class LessonEmbedder(RecallOptions options)
{
    private readonly IEmbeddingGenerator<string, Embedding<float>>? _generator = options.EmbeddingGenerator;
    private readonly string? _modelId = (options.EmbeddingGenerator?.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelId;

    /// <summary>Whether there is a generator.</summary>
    public bool IsOn => _generator is not null;

    /// <summary>The lesson with an embedding, or as it is where it has one or there is no generator.</summary>
    public async ValueTask<Lesson> EmbedAsync(Lesson lesson, CancellationToken cancellationToken) =>
        lesson.Embedding is null && IsOn
            ? lesson with { Embedding = await EmbedAsync(GuardedText.Of(lesson), cancellationToken).ConfigureAwait(false) }
            : lesson;

    /// <summary>The embedding of a query's text, or null where there is no text or no generator.</summary>
    public async ValueTask<LessonEmbedding?> EmbedAsync(LessonQuery query, CancellationToken cancellationToken) =>
        query.IsByRelevance && query.Limit > 0 && IsOn ? await EmbedAsync(query.Text!, cancellationToken).ConfigureAwait(false) : null;

    private async Task<LessonEmbedding> EmbedAsync(string text, CancellationToken cancellationToken)
    {
        GeneratedEmbeddings<Embedding<float>> made = await _generator!.GenerateAsync([text], cancellationToken: cancellationToken).ConfigureAwait(false);
        if (made is not [{ Vector.IsEmpty: false } embedding])
        {
            throw new InvalidOperationException($"{_generator.GetType().Name} returned {made?.Count ?? 0} embeddings, or an empty one, for one text; it must return one for each text.");
        }

        return new(embedding.ModelId ?? _modelId ?? "", [.. embedding.Vector.Span]);
    }
}
