namespace Reflexion;

/// <summary>Writes reports of experiments.</summary>
public static class ExperimentReportExtensions
{
    /// <summary>
    /// Writes a report: an HTML page that opens offline, and beside it the same content as JSON, under the same name with the extension <c>.json</c>.
    /// Each file appears whole or not at all, in place of one that is there.
    /// </summary>
    /// <param name="result">The result, complete or not.</param>
    /// <param name="path">The HTML file. Its folder is made where there is none.</param>
    /// <param name="options">Title, baseline, analysis, facts and limits; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the writing; files that were there stay as they were.</param>
    /// <exception cref="ArgumentException">The path is that of the JSON file, an option is out of range, or the baseline is no arm of the experiment.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static async Task WriteHtmlReportAsync(this ExperimentResult result, string path, ReportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string jsonPath = Path.ChangeExtension(path, ".json");
        if (string.Equals(path, jsonPath, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"'{path}' is where the JSON goes; give the HTML file's path, with the extension .html.", nameof(path));
        }

        var report = ExperimentReport.Of(result, options);
        byte[] json = await ReportJson.ToBytesAsync(report, cancellationToken).ConfigureAwait(false);
        using var jsonFile = new FileDraft(jsonPath);
        using var htmlFile = new FileDraft(path);
        await jsonFile.Content.WriteAsync(json, cancellationToken).ConfigureAwait(false);
        await HtmlPage.WriteAsync(report, json, htmlFile.Content, cancellationToken).ConfigureAwait(false);
        await jsonFile.CompleteAsync().ConfigureAwait(false);
        await htmlFile.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>Writes the HTML page of a report alone.</summary>
    /// <param name="result">The result, complete or not.</param>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="options">Title, baseline, analysis, facts and limits; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the writing; what is written then is no page.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the baseline is no arm of the experiment.</exception>
    public static Task WriteHtmlReportAsync(this ExperimentResult result, Stream output, ReportOptions? options = null, CancellationToken cancellationToken = default) =>
        ExperimentReport.Of(result, options).WriteHtmlAsync(output, cancellationToken);

    /// <summary>Writes a report as versioned JSON alone; <see cref="ExperimentReport.ReadAsync(Stream, CancellationToken)"/> reads it.</summary>
    /// <param name="result">The result, complete or not.</param>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="options">Title, baseline, analysis, facts and limits; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the writing; what is written then cannot be read again.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the baseline is no arm of the experiment.</exception>
    public static Task WriteJsonReportAsync(this ExperimentResult result, Stream output, ReportOptions? options = null, CancellationToken cancellationToken = default) =>
        ExperimentReport.Of(result, options).WriteJsonAsync(output, cancellationToken);
}
