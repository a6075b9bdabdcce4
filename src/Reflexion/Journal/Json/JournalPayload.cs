using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Reflexion;

/// <summary>Payloads of entries as JSON, and back.</summary>
internal static class JournalPayload
{
    /// <summary>The context, with letters left readable: the texts go into no HTML page.</summary>
    internal static JournalJsonContext Context { get; } =
        new(new JsonSerializerOptions(JournalJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    internal static string Write<T>(T payload, JsonTypeInfo<T> type) => JsonSerializer.Serialize(payload, type);

    /// <summary>Reads an entry's payload.</summary>
    /// <exception cref="EpisodeFormatException">It is damaged.</exception>
    internal static T Read<T>(JournalEntry entry, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(entry.Payload, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new EpisodeFormatException(
                NameOf(entry), $"The entry of kind {entry.Kind} is damaged ({e.Message}). A newer release of Reflexion may have written it; use that one, or run the task under another id.", e);
        }
    }

    /// <summary>Reads the first entry.</summary>
    /// <exception cref="EpisodeFormatException">It is none, or of a newer version.</exception>
    internal static EpisodeStart ReadStart(JournalEntry entry)
    {
        if (entry.Kind != JournalEntryKind.EpisodeStarted || entry.Sequence != 0)
        {
            throw new EpisodeFormatException(NameOf(entry), $"An episode begins with {JournalEntryKind.EpisodeStarted} at 0; the beginning of this one is lost.");
        }

        // Before anything else: a newer start may say things that this code cannot read.
        int version = VersionOf(entry);
        return version is >= 1 and <= EpisodeStart.CurrentVersion
            ? Read(entry, Context.EpisodeStart)
            : throw new EpisodeFormatException(
                NameOf(entry), $"The episode is recorded in version {version}, and this release reads versions 1 to {EpisodeStart.CurrentVersion}; use a newer release of Reflexion.");
    }

    private static int VersionOf(JournalEntry entry)
    {
        using JsonDocument document = JsonDocument.Parse(entry.Payload);
        return document.RootElement.TryGetProperty("version", out JsonElement version) && version.TryGetInt32(out int number) ? number : 0;
    }

    private static string NameOf(JournalEntry entry) => $"Episode '{entry.EpisodeId}', entry {entry.Sequence}";
}
