using System.Collections.Immutable;

namespace Reflexion;

/// <summary>A report of an experiment: what the page and the JSON document show, immutable and in one place.</summary>
/// <remarks>
/// Written the same way twice, it is the same to the byte. Reading the JSON document gives the report back, so that the page can be made
/// again by a later release.
/// </remarks>
public sealed record ExperimentReport
{
    private ExperimentReport()
    {
    }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The arm that the others are shown against.</summary>
    public required string Baseline { get; init; }

    /// <summary>The result, without what <see cref="Omitted"/> counts, embeddings, and the ledgers of single uses of lessons.</summary>
    public required ExperimentResult Result { get; init; }

    /// <summary>The statistics of the whole result.</summary>
    public required ExperimentAnalysis Analysis { get; init; }

    /// <summary>What is left out to keep the report small.</summary>
    public required ReportOmissions Omitted { get; init; }

    /// <summary>More about how the experiment was set up, by name.</summary>
    public required ImmutableSortedDictionary<string, string> Facts { get; init; }

    /// <summary>Hashes of weights and adapters, by name.</summary>
    public required ImmutableSortedDictionary<string, string> ModelHashes { get; init; }

    /// <summary>What of the tasks was found in prompts; null where nobody looked.</summary>
    public ContaminationReport? Contamination { get; init; }

    /// <summary>Makes a report. Pure.</summary>
    /// <param name="result">The result, complete or not.</param>
    /// <param name="options">Title, baseline, analysis, facts and limits; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the baseline is no arm of the experiment.</exception>
    public static ExperimentReport Of(ExperimentResult result, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= new();
        options.Validate();
        AnalysisOptions analysis = options.Analysis with { Baseline = options.Baseline ?? options.Analysis.Baseline };
        (ExperimentResult shown, ReportOmissions omitted) = ReportSelection.Of(result, options);
        return Of(shown, analysis, new()
        {
            Title = options.Title ?? result.Name,
            Omitted = omitted,
            Facts = options.Facts,
            ModelHashes = options.ModelHashes,
            Contamination = options.Contamination,
        });
    }

    /// <summary>Reads a report that was written as JSON, to the stream's end.</summary>
    /// <param name="input">Where from; it stays open.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ExperimentFormatException">It is damaged, of a newer version, or something else.</exception>
    public static Task<ExperimentReport> ReadAsync(Stream input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ReportJson.ReadAsync(input, cancellationToken);
    }

    /// <summary>Reads a report from a JSON file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ExperimentFormatException">It is damaged, of a newer version, or something else.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<ExperimentReport> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using FileStream input = File.OpenRead(path);
        return await ReportJson.ReadAsync(input, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the page: one HTML document that needs nothing else.</summary>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="cancellationToken">Ends the writing; what is written then is no page.</param>
    public async Task WriteHtmlAsync(Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        byte[] json = await ReportJson.ToBytesAsync(this, cancellationToken).ConfigureAwait(false);
        await HtmlPage.WriteAsync(this, json, output, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the same content as versioned JSON.</summary>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="cancellationToken">Ends the writing; what is written then cannot be read again.</param>
    public async Task WriteJsonAsync(Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        byte[] json = await ReportJson.ToBytesAsync(this, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(json, cancellationToken).ConfigureAwait(false);
    }

    internal static ExperimentReport Of(ExperimentResult shown, AnalysisOptions analysis, ReportParts parts) => new()
    {
        Title = parts.Title,
        Baseline = analysis.Baseline ?? (shown.Arms.FirstOrDefault(arm => arm.Strategy == ReflexionStrategy.Retry) ?? shown.Arms[0]).Name,
        Result = shown,
        Analysis = ExperimentAnalysis.Of(shown, analysis),
        Omitted = parts.Omitted,
        Facts = parts.Facts,
        ModelHashes = parts.ModelHashes,
        Contamination = parts.Contamination,
    };
}
