using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Reflexion;

/// <summary>What every journal refuses at the door; for implementations of <see cref="IEpisodeJournal"/>.</summary>
public static class JournalArguments
{
    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\r\n");

    // Half a surrogate pair would come back as another character.
    private static readonly UTF8Encoding WholeCharacters = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Checks an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <exception cref="ArgumentException">The entry is null, its id blank, a number or its kind out of range, or its payload no JSON object on one line.</exception>
    public static void Check(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentException.ThrowIfNullOrWhiteSpace(entry.EpisodeId, nameof(entry));
        ArgumentOutOfRangeException.ThrowIfNegative(entry.Sequence, nameof(entry));
        ArgumentOutOfRangeException.ThrowIfNegative(entry.Trial, nameof(entry));
        ArgumentNullException.ThrowIfNull(entry.Payload, nameof(entry));
        if (!Enum.IsDefined(entry.Kind))
        {
            throw new ArgumentOutOfRangeException(nameof(entry), entry.Kind, "Entries are of the kinds of JournalEntryKind.");
        }

        if (entry.Payload.AsSpan().ContainsAny(LineBreaks) || !IsObject(entry.Payload))
        {
            throw new ArgumentException("A payload is one JSON object without line breaks.", nameof(entry));
        }
    }

    private static bool IsObject(string payload)
    {
        try
        {
            var reader = new Utf8JsonReader(WholeCharacters.GetBytes(payload));
            bool isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
            return isObject && !reader.Read();
        }
        catch (Exception e) when (e is JsonException or EncoderFallbackException)
        {
            return false;
        }
    }
}
