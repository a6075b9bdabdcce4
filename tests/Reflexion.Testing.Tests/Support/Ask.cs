using Microsoft.Extensions.AI;

namespace Reflexion.Testing.Tests;

/// <summary>Short forms of calls.</summary>
internal static class Ask
{
    public static ChatMessage User(string text) => new(ChatRole.User, text);

    public static async Task<string> TextAsync(this IChatClient client, string text) => (await client.GetResponseAsync([User(text)])).Text;

    public static async Task<List<ChatResponseUpdate>> StreamAsync(this IChatClient client, params ChatMessage[] messages) =>
        await client.GetStreamingResponseAsync(messages).ToListAsync();

    public static async Task<string> StreamTextAsync(this IChatClient client, string text) => string.Concat(await client.StreamAsync(User(text)));

    /// <summary>What a stream gave before it failed, and how it failed.</summary>
    public static async Task<(List<ChatResponseUpdate> Updates, Exception? Fault)> StreamToItsFaultAsync(this IChatClient client, string text, CancellationToken cancellationToken = default)
    {
        var updates = new List<ChatResponseUpdate>();
        try
        {
            await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync([User(text)], null, cancellationToken))
            {
                updates.Add(update);
            }

            return (updates, null);
        }
        catch (Exception fault)
        {
            return (updates, fault);
        }
    }
}
