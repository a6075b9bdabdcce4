using System.Text.Encodings.Web;
using System.Text.Json;

namespace Reflexion;

/// <summary>Experiments as versioned JSON: results without loss and back, analyses for other programs to read.</summary>
/// <remarks>A result's exceptions come back as <see cref="RecordedException"/>, as in <see cref="EpisodeJson"/>.</remarks>
public static class ExperimentJson
{
    // Letters are left readable: the text goes into no HTML page as it is.
    private static readonly ExperimentJsonContext Results =
        new(new JsonSerializerOptions(ExperimentJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static readonly AnalysisJsonContext Analyses =
        new(new JsonSerializerOptions(AnalysisJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes a result, its episodes included where they were kept.</summary>
    /// <param name="result">The result.</param>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="cancellationToken">Ends the writing; what is written then cannot be read again.</param>
    public static Task WriteAsync(ExperimentResult result, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(output);
        return JsonSerializer.SerializeAsync(output, ExperimentDocument.Of(result), Results.ExperimentDocument, cancellationToken);
    }

    /// <summary>Writes an analysis. It is not read back: <see cref="ExperimentAnalysis.Of"/> makes the same one from the result.</summary>
    /// <param name="analysis">The analysis. Values that are no numbers are written as <c>"NaN"</c> and <c>"Infinity"</c>.</param>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static Task WriteAsync(ExperimentAnalysis analysis, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(output);
        return JsonSerializer.SerializeAsync(output, new(AnalysisDocument.Name, AnalysisDocument.CurrentVersion, analysis), Analyses.AnalysisDocument, cancellationToken);
    }

    /// <summary>Reads a result to the stream's end.</summary>
    /// <param name="input">Where from; it stays open.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="ExperimentFormatException">It is damaged, of a newer version, or something else.</exception>
    public static async Task<ExperimentResult> ReadAsync(Stream input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(input, cancellationToken: cancellationToken).ConfigureAwait(false);
            CheckVersion(document.RootElement);
            return document.RootElement.Deserialize(Results.ExperimentDocument)!.ToResult();
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new ExperimentFormatException($"The experiment is damaged ({e.Message}); take an undamaged copy, or run it again.", e);
        }
    }

    // Looked at first: a newer document may say things that this code cannot read.
    private static void CheckVersion(JsonElement root)
    {
        string? format = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("format", out JsonElement name) ? name.ToString() : null;
        if (format != ExperimentDocument.Name)
        {
            throw new ExperimentFormatException($"This is no {ExperimentDocument.Name} document; its format is '{format}'.");
        }

        int version = root.TryGetProperty("version", out JsonElement number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int read) ? read : 0;
        if (version is < 1 or > ExperimentDocument.CurrentVersion)
        {
            throw new ExperimentFormatException(
                $"The experiment is of version {version}, and this release reads versions 1 to {ExperimentDocument.CurrentVersion}; use a newer release of Reflexion.");
        }
    }
}
