using Microsoft.Extensions.AI;
using static Reflexion.Tests.Lessons;

namespace Reflexion.Tests;

public sealed class LessonEmbedderTests
{
    [Theory]
    [InlineData("named", "default", "named")]
    [InlineData(null, "default", "default")]
    [InlineData(null, null, "")]
    public async Task The_model_is_the_one_that_the_embedding_or_else_the_generator_names(string? ofEmbedding, string? ofGenerator, string expected)
    {
        using var generator = new Generator(ofEmbedding, ofGenerator);
        var embedder = new LessonEmbedder(new() { EmbeddingGenerator = generator });

        Lesson embedded = await embedder.EmbedAsync(Of("text") with { RootCause = "cause", Plan = "plan" }, CancellationToken.None);

        embedded.Embedding!.ModelId.Should().Be(expected);
        embedded.Embedding.Vector.Should().Equal(1, 2);
        generator.Texts.Should().Equal("text\ncause\nplan");
    }

    [Fact]
    public async Task Nothing_is_asked_for_that_is_not_needed()
    {
        using var generator = new Generator(null, null);
        var embedder = new LessonEmbedder(new() { EmbeddingGenerator = generator });
        Lesson lesson = Of("a") with { Embedding = new("other", [1]) };

        (await embedder.EmbedAsync(lesson, CancellationToken.None)).Should().BeSameAs(lesson);
        (await embedder.EmbedAsync(Query(), CancellationToken.None)).Should().BeNull();
        (await embedder.EmbedAsync(Query() with { Text = " " }, CancellationToken.None)).Should().BeNull();
        (await embedder.EmbedAsync(Query(limit: 0) with { Text = "x" }, CancellationToken.None)).Should().BeNull();
        (await new LessonEmbedder(new()).EmbedAsync(Query() with { Text = "x" }, CancellationToken.None)).Should().BeNull();
        generator.Texts.Should().BeEmpty();
    }

    private sealed class Generator(string? ofEmbedding, string? ofGenerator) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public List<string> Texts { get; } = [];

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Texts.AddRange(values);
            return Task.FromResult<GeneratedEmbeddings<Embedding<float>>>([new Embedding<float>(new float[] { 1, 2 }) { ModelId = ofEmbedding }]);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            ofGenerator is null ? null : new EmbeddingGeneratorMetadata(defaultModelId: ofGenerator);

        public void Dispose()
        {
        }
    }
}
