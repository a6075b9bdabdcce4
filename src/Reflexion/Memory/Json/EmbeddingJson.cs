using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Reflexion;

/// <summary>An embedding as it is written: the coordinates as 32-bit floats, little-endian, in Base64.</summary>
internal sealed record EmbeddingJson(string ModelId, byte[] Vector)
{
    public static EmbeddingJson? Of(LessonEmbedding? embedding) =>
        embedding is null ? null : new(embedding.ModelId, BytesOf(embedding.Vector));

    /// <summary>The embedding.</summary>
    /// <exception cref="ArgumentException">It is no whole number of coordinates.</exception>
    public LessonEmbedding ToEmbedding() => new(ModelId, VectorOf(Vector));

    public static byte[] BytesOf(ImmutableArray<float> vector)
    {
        byte[] bytes = new byte[vector.Length * sizeof(float)];
        for (int i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        }

        return bytes;
    }

    public static ImmutableArray<float> VectorOf(byte[] bytes)
    {
        if (bytes is null || bytes.Length % sizeof(float) != 0)
        {
            throw new ArgumentException("An embedding has no vector, or one cut in the middle of a number.");
        }

        ImmutableArray<float>.Builder vector = ImmutableArray.CreateBuilder<float>(bytes.Length / sizeof(float));
        for (int i = 0; i < bytes.Length; i += sizeof(float))
        {
            vector.Add(BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i)));
        }

        return vector.MoveToImmutable();
    }
}
