using Microsoft.Extensions.AI;

namespace Reflexion.Retroformer;

/// <summary>Similarity in meaning: the cosine of the angle between embeddings.</summary>
internal sealed class MeaningFeatures(IEmbeddingGenerator<string, Embedding<float>> generator)
{
    /// <summary>Compares each text with a task and an attempt, in one call.</summary>
    internal async ValueTask<double[][]> CompareAsync(IReadOnlyList<string> texts, string task, string attempt, CancellationToken cancellationToken)
    {
        string[] all = [task, attempt.Length == 0 ? task : attempt, .. texts];
        GeneratedEmbeddings<Embedding<float>> made = await generator.GenerateAsync(all, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (made?.Count != all.Length)
        {
            throw new InvalidOperationException($"{generator.GetType().Name} returned {made?.Count ?? 0} embeddings for {all.Length} texts; it must return one for each text.");
        }

        return [.. made.Skip(2).Select(text => new[] { Cosine(text, made[0]), Cosine(text, made[1]) })];
    }

    private static double Cosine(Embedding<float> one, Embedding<float> other)
    {
        double[] a = ToDoubles(one);
        double[] b = ToDoubles(other);
        double product = a.Length == b.Length ? Math.Sqrt(ShortVector.Dot(a, a)) * Math.Sqrt(ShortVector.Dot(b, b)) : 0;
        return product > 0 && double.IsFinite(product) ? Math.Clamp(ShortVector.Dot(a, b) / product, -1, 1) : 0;
    }

    private static double[] ToDoubles(Embedding<float> embedding) => Array.ConvertAll(embedding.Vector.ToArray(), number => (double)number);
}
