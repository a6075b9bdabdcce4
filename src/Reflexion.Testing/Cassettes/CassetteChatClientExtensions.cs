using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>Puts a <see cref="Cassette"/> between an app and its model.</summary>
public static class CassetteChatClientExtensions
{
    /// <summary>Records or replays the calls of a client.</summary>
    /// <remarks><example>
    /// <code>using IChatClient client = model.WithCassette(cassette, CassetteMode.Auto);</code>
    /// </example></remarks>
    /// <param name="client">The model; disposed of with the result. Not called in mode <see cref="CassetteMode.Replay"/>.</param>
    /// <param name="cassette">The cassette; not disposed of with the result.</param>
    /// <param name="mode">What to do with a call. Default: answer from the cassette where it holds the call, else record it.</param>
    public static IChatClient WithCassette(this IChatClient client, Cassette cassette, CassetteMode mode = CassetteMode.Auto)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(cassette);
        return mode switch
        {
            CassetteMode.Replay => new OwningChatClient(new ReplayChatClient(cassette), client),
            CassetteMode.Record => new RecordingChatClient(client, cassette),
            CassetteMode.Auto => new ReplayChatClient(cassette, new RecordingChatClient(client, cassette)),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "This is no cassette mode."),
        };
    }

    /// <summary>Records or replays the calls of a client, with a cassette of its own: <c>client.GetService&lt;Cassette&gt;()</c> gives it.</summary>
    /// <remarks><example>
    /// <code>
    /// using IChatClient client = model.WithCassette("cassettes/answer.jsonl", CassetteMode.Replay);
    /// ...
    /// client.GetRequiredService&lt;Cassette&gt;().AssertAllPlayed();
    /// </code></example></remarks>
    /// <param name="client">The model; disposed of with the result. Not called in mode <see cref="CassetteMode.Replay"/>.</param>
    /// <param name="path">The cassette's file; closed with the result.</param>
    /// <param name="mode">What to do with a call. Default: answer from the cassette where it holds the call, else record it.</param>
    /// <param name="redact">Takes secrets out of texts, as <see cref="Cassette.Open"/> says; null (default) for none.</param>
    /// <exception cref="CassetteFormatException">The file is no cassette, is damaged, or is of a newer version.</exception>
    public static IChatClient WithCassette(this IChatClient client, string path, CassetteMode mode = CassetteMode.Auto, Func<string, string>? redact = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        Cassette cassette = Cassette.Open(path, redact);
        return new OwningChatClient(client.WithCassette(cassette, mode), cassette);
    }
}
