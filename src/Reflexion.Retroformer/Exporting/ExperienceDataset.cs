namespace Reflexion.Retroformer;

/// <summary>Experience as files of JSON lines: chats, pairs and rewarded prompts as other trainers read them, and all there is to know without loss.</summary>
/// <remarks>
/// A file is written beside its path, read back entry by entry, and only then put in place of what is there. Reading holds one line at a time. Blank lines and a byte-order
/// mark are passed over, and so are fields that are not known, since files of other tools have them.
/// </remarks>
public static class ExperienceDataset
{
    /// <summary>Writes chats to imitate; see <see cref="SftExample"/> and <see cref="ExperienceExport.ToSft"/>.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="examples">The chats.</param>
    /// <param name="cancellationToken">Ends the writing; the path is then as it was.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="ArgumentException">A chat is not sound.</exception>
    /// <exception cref="IOException">The file could not be written, or did not read back.</exception>
    public static Task<long> WriteSftAsync(string path, IEnumerable<SftExample> examples, CancellationToken cancellationToken = default) =>
        WriteAsync(path, examples?.ToAsyncEnumerable(), DatasetFormats.Sft, cancellationToken);

    /// <summary>Reads chats to imitate.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">How much to read at most; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DatasetFormatException">A line is not sound; thrown where the reading comes to it.</exception>
    public static IAsyncEnumerable<SftExample> ReadSftAsync(string path, DatasetLimits? limits = null, CancellationToken cancellationToken = default) =>
        Read(path, DatasetFormats.Sft, limits, cancellationToken);

    /// <summary>Writes pairs of refinements; see <see cref="DpoPair"/> and <see cref="ExperienceExport.ToDpo"/>.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="pairs">The pairs.</param>
    /// <param name="cancellationToken">Ends the writing; the path is then as it was.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="ArgumentException">A pair is not sound.</exception>
    /// <exception cref="IOException">The file could not be written, or did not read back.</exception>
    public static Task<long> WriteDpoAsync(string path, IEnumerable<DpoPair> pairs, CancellationToken cancellationToken = default) =>
        WriteAsync(path, pairs?.ToAsyncEnumerable(), DatasetFormats.Dpo, cancellationToken);

    /// <summary>Reads pairs of refinements.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">How much to read at most; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DatasetFormatException">A line is not sound; thrown where the reading comes to it.</exception>
    public static IAsyncEnumerable<DpoPair> ReadDpoAsync(string path, DatasetLimits? limits = null, CancellationToken cancellationToken = default) =>
        Read(path, DatasetFormats.Dpo, limits, cancellationToken);

    /// <summary>Writes prompts with rewards; see <see cref="RlPrompt"/> and <see cref="ExperienceExport.ToRl"/>.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="prompts">The prompts.</param>
    /// <param name="cancellationToken">Ends the writing; the path is then as it was.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="ArgumentException">A prompt is not sound.</exception>
    /// <exception cref="IOException">The file could not be written, or did not read back.</exception>
    public static Task<long> WriteRlAsync(string path, IEnumerable<RlPrompt> prompts, CancellationToken cancellationToken = default) =>
        WriteAsync(path, prompts?.ToAsyncEnumerable(), DatasetFormats.Rl, cancellationToken);

    /// <summary>Reads prompts with rewards.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">How much to read at most; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DatasetFormatException">A line is not sound; thrown where the reading comes to it.</exception>
    public static IAsyncEnumerable<RlPrompt> ReadRlAsync(string path, DatasetLimits? limits = null, CancellationToken cancellationToken = default) =>
        Read(path, DatasetFormats.Rl, limits, cancellationToken);

    /// <summary>Writes experiences with everything that is known of them; tokens, log-probabilities and returns come back to the bit.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="experiences">The experiences.</param>
    /// <param name="cancellationToken">Ends the writing; the path is then as it was.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="ArgumentException">An experience is not sound.</exception>
    /// <exception cref="IOException">The file could not be written, or did not read back.</exception>
    public static Task<long> WriteExperiencesAsync(string path, IEnumerable<Experience> experiences, CancellationToken cancellationToken = default) =>
        WriteAsync(path, experiences?.ToAsyncEnumerable(), DatasetFormats.Experiences, cancellationToken);

    /// <summary>Writes experiences as they come, from a journal say, with everything that is known of them.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="experiences">The experiences.</param>
    /// <param name="cancellationToken">Ends the writing; the path is then as it was.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="ArgumentException">An experience is not sound.</exception>
    /// <exception cref="IOException">The file could not be written, or did not read back.</exception>
    public static Task<long> WriteExperiencesAsync(string path, IAsyncEnumerable<Experience> experiences, CancellationToken cancellationToken = default) =>
        WriteAsync(path, experiences, DatasetFormats.Experiences, cancellationToken);

    /// <summary>Reads experiences.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">How much to read at most; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DatasetFormatException">A line is not sound, or of a newer version; thrown where the reading comes to it.</exception>
    public static IAsyncEnumerable<Experience> ReadExperiencesAsync(string path, DatasetLimits? limits = null, CancellationToken cancellationToken = default) =>
        Read(path, DatasetFormats.Experiences, limits, cancellationToken);

    private static Task<long> WriteAsync<T>(string path, IAsyncEnumerable<T>? entries, DatasetFormat<T> format, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(entries);
        return DatasetFile.WriteAsync(path, entries, format, cancellationToken);
    }

    private static IAsyncEnumerable<T> Read<T>(string path, DatasetFormat<T> format, DatasetLimits? limits, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return DatasetFile.ReadAsync(path, format, (limits ?? new()).Validate(), cancellationToken);
    }
}
