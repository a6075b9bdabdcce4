using System.Text;
using System.Text.Json;

namespace Reflexion.Environments;

/// <summary>Reads files of HotpotQA questions.</summary>
public static class HotPotQAQuestions
{
    /// <summary>
    /// Reads a file in either of two formats: the official one, a JSON array whose paragraphs are pairs of title and sentences; or
    /// one JSON object a line, with paragraphs of <c>title</c> and <c>sentences</c>. Which one it is shows in its first character.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The questions in the file's order.</returns>
    /// <exception cref="DatasetFormatException">The file does not hold what either format asks for, holds no question, or one twice.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<IReadOnlyList<HotPotQAQuestion>> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var places = new Dictionary<string, int>();
        var questions = new List<HotPotQAQuestion>();
        bool isArray = await IsArrayAsync(path, cancellationToken).ConfigureAwait(false);
        await foreach ((int place, QuestionJson json) in (isArray ? ReadArrayAsync(path, cancellationToken) : ReadLinesAsync(path, cancellationToken)).ConfigureAwait(false))
        {
            HotPotQAQuestion question = json.ToQuestion(problem => Fault(path, isArray, place, problem));
            if (!places.TryAdd(question.Id, place))
            {
                throw Fault(path, isArray, place, $"the id '{question.Id}' is that of {(isArray ? "question" : "line")} {places[question.Id]}; ids must be unique.");
            }

            questions.Add(question);
        }

        return questions.Count > 0 ? questions : throw new DatasetFormatException(path, 0, "the file holds no questions.");
    }

    private static IAsyncEnumerable<(int Place, QuestionJson Json)> ReadLinesAsync(string path, CancellationToken cancellationToken) =>
        JsonLines.ReadAsync(path, QuestionJsonContext.Default.QuestionJson, cancellationToken);

    private static async IAsyncEnumerable<(int Place, QuestionJson Json)> ReadArrayAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FileStream file = File.OpenRead(path);
        await using var _ = file.ConfigureAwait(false);
        IAsyncEnumerator<QuestionJson?> elements = JsonSerializer.DeserializeAsyncEnumerable(file, QuestionJsonContext.Default.QuestionJson, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        await using var __ = elements.ConfigureAwait(false);
        for (int place = 1; await NextAsync(path, elements, place).ConfigureAwait(false); place++)
        {
            yield return (place, elements.Current ?? throw Fault(path, isArray: true, place, "it is null; a JSON object is expected."));
        }
    }

    private static async ValueTask<bool> NextAsync(string path, IAsyncEnumerator<QuestionJson?> elements, int place)
    {
        try
        {
            return await elements.MoveNextAsync().ConfigureAwait(false);
        }
        catch (JsonException wrong)
        {
            throw Fault(path, isArray: true, place, $"it cannot be read: {wrong.Message}", wrong);
        }
    }

    private static async Task<bool> IsArrayAsync(string path, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        var start = new char[64];
        int read;
        do
        {
            read = await reader.ReadAsync(start, cancellationToken).ConfigureAwait(false);
        }
        while (read > 0 && start.AsSpan(0, read).IsWhiteSpace());

        return start.AsSpan(0, read).TrimStart().StartsWith('[');
    }

    private static DatasetFormatException Fault(string path, bool isArray, int place, string problem, Exception? inner = null) =>
        isArray ? new(path, 0, $"question {place}: {problem}", inner) : new(path, place, problem, inner);
}
