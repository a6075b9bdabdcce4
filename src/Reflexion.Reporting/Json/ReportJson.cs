using System.Text.Encodings.Web;
using System.Text.Json;

namespace Reflexion;

/// <summary>Reports as JSON: a header, and in it result and analysis in the formats of <see cref="ExperimentJson"/>.</summary>
internal static class ReportJson
{
    // Letters are left readable; what goes into a page is escaped there, by ScriptData.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static async Task<byte[]> ToBytesAsync(ExperimentReport report, CancellationToken cancellationToken)
    {
        using var result = new MemoryStream();
        await ExperimentJson.WriteAsync(report.Result, result, cancellationToken).ConfigureAwait(false);
        using var analysis = new MemoryStream();
        await ExperimentJson.WriteAsync(report.Analysis, analysis, cancellationToken).ConfigureAwait(false);
        using var output = new MemoryStream();
        Write(ReportHeader.Of(report), result.GetBuffer().AsSpan(0, (int)result.Length), analysis.GetBuffer().AsSpan(0, (int)analysis.Length), output);
        return output.ToArray();
    }

    internal static async Task<ExperimentReport> ReadAsync(Stream input, CancellationToken cancellationToken)
    {
        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(input, cancellationToken: cancellationToken).ConfigureAwait(false);
            CheckVersion(document.RootElement);
            return await ReadAsync(document.RootElement, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or KeyNotFoundException)
        {
            throw new ExperimentFormatException($"The report is damaged ({e.Message}); take an undamaged copy, or write it again from the result.", e);
        }
    }

    private static void Write(ReportHeader header, ReadOnlySpan<byte> result, ReadOnlySpan<byte> analysis, Stream output)
    {
        using var writer = new Utf8JsonWriter(output, Writing);
        using JsonDocument start = JsonSerializer.SerializeToDocument(header, ReportJsonContext.Default.ReportHeader);
        writer.WriteStartObject();
        foreach (JsonProperty property in start.RootElement.EnumerateObject())
        {
            property.WriteTo(writer);
        }

        writer.WritePropertyName("experiment");
        writer.WriteRawValue(result, skipInputValidation: true);
        writer.WritePropertyName("analysis");
        writer.WriteRawValue(analysis, skipInputValidation: true);
        writer.WriteEndObject();
    }

    private static async Task<ExperimentReport> ReadAsync(JsonElement root, CancellationToken cancellationToken)
    {
        ReportHeader header = root.Deserialize(ReportJsonContext.Default.ReportHeader)!;
        using var experiment = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(root.GetProperty("experiment"), ReportJsonContext.Default.JsonElement));
        ExperimentResult result = await ExperimentJson.ReadAsync(experiment, cancellationToken).ConfigureAwait(false);

        // The figures follow from the result; only how they were made has to be read.
        AnalysisOptions options = root.GetProperty("analysis").GetProperty("analysis").GetProperty("options").Deserialize(ReportJsonContext.Default.AnalysisOptions)
            ?? throw new JsonException("The analysis has no options.");
        return ExperimentReport.Of(result, options, header.ToParts());
    }

    // Looked at first: a newer document may say things that this code cannot read.
    private static void CheckVersion(JsonElement root)
    {
        string? format = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("format", out JsonElement name) ? name.ToString() : null;
        if (format != ReportHeader.Name)
        {
            throw new ExperimentFormatException($"This is no {ReportHeader.Name} document; its format is '{format}'.");
        }

        int version = root.TryGetProperty("version", out JsonElement number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int read) ? read : 0;
        if (version is < 1 or > ReportHeader.CurrentVersion)
        {
            throw new ExperimentFormatException(
                $"The report is of version {version}, and this release reads versions 1 to {ReportHeader.CurrentVersion}; use a newer release of Reflexion.Reporting.");
        }
    }
}
