using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Reflexion.Environments;

/// <summary>Reads files that hold one JSON object a line.</summary>
internal static class JsonLines
{
    /// <summary>Reads a file; blank lines are skipped.</summary>
    /// <param name="path">The file.</param>
    /// <param name="type">How a line is read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The number of each line, from 1, and what it holds.</returns>
    /// <exception cref="DatasetFormatException">A line is not JSON or is not of the type.</exception>
    internal static async IAsyncEnumerable<(int Line, T Value)> ReadAsync<T>(
        string path, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        int number = 0;
        await foreach (string line in File.ReadLinesAsync(path, cancellationToken).ConfigureAwait(false))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return (number, Parse(path, number, line, type));
            }
        }
    }

    private static T Parse<T>(string path, int number, string line, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type) ?? throw new DatasetFormatException(path, number, "the line is null; a JSON object is expected.");
        }
        catch (JsonException wrong)
        {
            throw new DatasetFormatException(path, number, $"the line cannot be read: {wrong.Message}", wrong);
        }
    }
}
