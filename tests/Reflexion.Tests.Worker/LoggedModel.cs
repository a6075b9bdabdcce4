using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

/// <summary>A model whose reply follows from the request. Every call it serves is a line in a file, and on the console.</summary>
internal sealed class LoggedModel(string path, string seed) : IChatClient
{
    private readonly Lock _gate = new();
    private readonly FileStream _log = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        List<ChatMessage> sent = [.. messages];
        string all = string.Join('\n', sent.Select(message => $"{message.Role}: {message.Text}"));
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {options?.Seed} {all}")).AsSpan(0, 4));
        lock (_gate)
        {
            _log.Write(Encoding.ASCII.GetBytes(hash + "\n"));
            Console.WriteLine(hash);
        }

        return new(new ChatMessage(ChatRole.Assistant, Reply(sent, all, hash)))
        {
            ModelId = "logged-1",
            Usage = new() { InputTokenCount = all.Length, OutputTokenCount = 9 },
        };
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() => _log.Dispose();

    private static string Reply(List<ChatMessage> sent, string all, string hash)
    {
        int number = hash[^1] % 10;
        if (all.Contains("\"score\"", StringComparison.Ordinal))
        {
            return $$"""{"score": {{(number == 0 ? "1" : $"0.{number}")}}, "success": {{(number == 0 ? "true" : "false")}}, "feedback": "feedback {{hash}}"}""";
        }

        if (!all.Contains("Name[argument]", StringComparison.Ordinal))
        {
            return $"Lesson {hash}.";
        }

        int steps = sent.Count(message => message.Role == ChatRole.Assistant);
        return $"Thought: thought {hash}\nAction: {(steps < 2 ? "Look" : "Finish")}[{hash}]";
    }
}
