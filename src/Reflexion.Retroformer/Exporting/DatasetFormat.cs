using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Reflexion.Retroformer;

/// <summary>How one kind of entry is written on a line.</summary>
/// <param name="Type">Its JSON.</param>
/// <param name="Problem">What is wrong with an entry, or null.</param>
/// <param name="HasHeader">Whether the first line says which format it is.</param>
internal sealed record DatasetFormat<T>(JsonTypeInfo<T> Type, Func<T, string?> Problem, bool HasHeader = false)
    where T : class
{
    /// <summary>The entry on a line.</summary>
    /// <exception cref="DatasetFormatException">There is none.</exception>
    public T Read(ReadOnlySpan<byte> line, string path, long number)
    {
        T entry = Parse(line, Type, path, number);
        return Problem(entry) is { } problem ? throw new DatasetFormatException(path, number, problem) : entry;
    }

    /// <summary>Looks at the first line.</summary>
    /// <exception cref="DatasetFormatException">It is of another format, or of a newer version.</exception>
    public static void ReadHeader(ReadOnlySpan<byte> line, string path, long number)
    {
        if (Parse(line, DatasetFormats.Context.DatasetHeader, path, number).Problem is { } problem)
        {
            throw new DatasetFormatException(path, number, problem);
        }
    }

    private static TValue Parse<TValue>(ReadOnlySpan<byte> line, JsonTypeInfo<TValue> type, string path, long number)
        where TValue : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException wrong)
        {
            throw new DatasetFormatException(path, number, $"The line is damaged or says something else ({wrong.Message}).", wrong);
        }
    }
}
