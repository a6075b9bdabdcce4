using System.Text.Json;

namespace Reflexion;

/// <summary>Episodes as versioned JSON, and back without loss: trials, prompts, trajectories, verdicts, lessons, usage.</summary>
/// <remarks>Of a failure's exception the name of its type and its message are kept; it comes back as a <see cref="RecordedException"/>.</remarks>
public static class EpisodeJson
{
    private const string Source = "The episode";

    /// <summary>Writes an episode.</summary>
    /// <param name="episode">The episode.</param>
    /// <returns>JSON on one line.</returns>
    public static string Serialize(Episode episode)
    {
        ArgumentNullException.ThrowIfNull(episode);
        return JsonSerializer.Serialize(ToDocument(episode), JournalPayload.Context.EpisodeDocument);
    }

    /// <summary>Writes an episode.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="cancellationToken">Ends the writing; what is written then cannot be read again.</param>
    public static Task SerializeAsync(Episode episode, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(episode);
        ArgumentNullException.ThrowIfNull(output);
        return JsonSerializer.SerializeAsync(output, ToDocument(episode), JournalPayload.Context.EpisodeDocument, cancellationToken);
    }

    /// <summary>Reads an episode.</summary>
    /// <param name="json">What <see cref="Serialize"/> wrote.</param>
    /// <exception cref="EpisodeFormatException">It is damaged, of a newer version, or something else.</exception>
    public static Episode Deserialize(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(document);
        }
        catch (JsonException e)
        {
            throw Damaged(e);
        }
    }

    /// <summary>Reads an episode to the stream's end.</summary>
    /// <param name="input">Where from; it stays open.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="EpisodeFormatException">It is damaged, of a newer version, or something else.</exception>
    public static async Task<Episode> DeserializeAsync(Stream input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(input, cancellationToken: cancellationToken).ConfigureAwait(false);
            return Read(document);
        }
        catch (JsonException e)
        {
            throw Damaged(e);
        }
    }

    private static EpisodeDocument ToDocument(Episode episode) => new(EpisodeDocument.Name, EpisodeDocument.CurrentVersion, episode);

    // The version is looked at first: a newer document may say things that this code cannot read.
    private static Episode Read(JsonDocument document)
    {
        JsonElement root = document.RootElement;
        string? format = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("format", out JsonElement name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
        if (format != EpisodeDocument.Name)
        {
            throw new EpisodeFormatException(Source, $"This is no {EpisodeDocument.Name} document; its format is '{format}'.");
        }

        int version = root.TryGetProperty("version", out JsonElement number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int read) ? read : 0;
        if (version is < 1 or > EpisodeDocument.CurrentVersion)
        {
            throw new EpisodeFormatException(
                Source, $"The document is of version {version}, and this release reads versions 1 to {EpisodeDocument.CurrentVersion}; use a newer release of Reflexion.");
        }

        return root.Deserialize(JournalPayload.Context.EpisodeDocument)!.Episode ?? throw new JsonException("The document has no episode.");
    }

    private static EpisodeFormatException Damaged(JsonException fault) => new(Source, $"The document is damaged ({fault.Message}); write it again.", fault);
}
