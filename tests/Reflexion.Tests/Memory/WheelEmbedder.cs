using System.Globalization;
using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

/// <summary>Embeds a text by the number it ends with: as a direction of so many degrees.</summary>
internal sealed class WheelEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    private int _calls;

    public bool Fails { get; init; }

    public int Calls => Volatile.Read(ref _calls);

    public static float[] VectorOf(string text)
    {
        double angle = Math.PI / 180 * int.Parse(text.Trim().Split(' ')[^1], CultureInfo.InvariantCulture);
        return [(float)Math.Cos(angle), (float)Math.Sin(angle)];
    }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        return Task.FromResult<GeneratedEmbeddings<Embedding<float>>>([.. Fails ? [] : values.Select(value => new Embedding<float>(VectorOf(value)))]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("tests", defaultModelId: "wheel") : null;

    public void Dispose()
    {
    }
}
