using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Reflexion.LanguageModels;

/// <summary>The tokens behind a chat reply as they were drawn; what training by policy gradient needs beside the text.</summary>
/// <remarks>
/// A client with <see cref="LanguageModelChatOptions.RecordTokens"/> attaches them to its replies, under the keys here, as texts: numbers as Base64 of their
/// little-endian bytes, four to a number, so that they pass through JSON exactly. In a stream they come with the last update.
/// </remarks>
public sealed record ReplyTokens
{
    /// <summary>Key of <see cref="PromptIds"/>: Base64 of 32-bit integers.</summary>
    public const string PromptIdsKey = "reflexion.prompt_ids";

    /// <summary>Key of <see cref="Ids"/>: Base64 of 32-bit integers.</summary>
    public const string IdsKey = "reflexion.ids";

    /// <summary>Key of <see cref="LogProbs"/>: Base64 of 32-bit floating-point numbers.</summary>
    public const string LogProbsKey = "reflexion.log_probs";

    /// <summary>Key of <see cref="WeightsHash"/>.</summary>
    public const string WeightsHashKey = "reflexion.weights_hash";

    /// <summary>The prompt's tokens.</summary>
    public required ImmutableArray<int> PromptIds { get; init; }

    /// <summary>The very tokens drawn, an end token included.</summary>
    public required ImmutableArray<int> Ids { get; init; }

    /// <summary>ln p of each of <see cref="Ids"/> under the distribution that it was drawn from, as <see cref="GenerationResult.LogProbs"/>.</summary>
    public required ImmutableArray<float> LogProbs { get; init; }

    /// <summary><see cref="LoraAdapter.Hash"/> of the adapter at the time, or <see cref="LanguageModel.Hash"/> where there was none.</summary>
    public required string WeightsHash { get; init; }

    /// <summary>Reads the tokens of a reply.</summary>
    /// <param name="response">A reply: as it came, put together from a stream, or read back from JSON.</param>
    /// <returns>The tokens, or null where the reply carries none.</returns>
    /// <exception cref="FormatException">What it carries is damaged.</exception>
    public static ReplyTokens? Of(ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        AdditionalPropertiesDictionary? properties = response.Messages.Select(message => message.AdditionalProperties)
            .Prepend(response.AdditionalProperties)
            .FirstOrDefault(candidate => candidate?.ContainsKey(IdsKey) is true);
        return properties is null ? null : Read(properties);
    }

    internal AdditionalPropertiesDictionary ToProperties() => new()
    {
        [PromptIdsKey] = Write(PromptIds.AsSpan()),
        [IdsKey] = Write(Ids.AsSpan()),
        [LogProbsKey] = Write(LogProbs.AsSpan()),
        [WeightsHashKey] = WeightsHash,
    };

    private static ReplyTokens Read(AdditionalPropertiesDictionary properties)
    {
        ReplyTokens tokens = new()
        {
            PromptIds = Numbers<int>(properties, PromptIdsKey),
            Ids = Numbers<int>(properties, IdsKey),
            LogProbs = Numbers<float>(properties, LogProbsKey),
            WeightsHash = Text(properties, WeightsHashKey),
        };
        return tokens.Ids.Length == tokens.LogProbs.Length
            ? tokens
            : throw new FormatException($"The reply carries {tokens.Ids.Length} tokens and {tokens.LogProbs.Length} log-probabilities; one of each belongs together.");
    }

    private static ImmutableArray<T> Numbers<T>(AdditionalPropertiesDictionary properties, string key)
        where T : unmanaged
    {
        byte[] bytes = Bytes(Text(properties, key), key);
        if (!BitConverter.IsLittleEndian)
        {
            Turn(bytes);
        }

        return bytes.Length % 4 == 0
            ? [.. MemoryMarshal.Cast<byte, T>(bytes)]
            : throw new FormatException($"The reply's '{key}' ends within a number: {bytes.Length} bytes are no multiple of 4.");
    }

    private static byte[] Bytes(string text, string key)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"The reply's '{key}' is not Base64.", wrong);
        }
    }

    private static string Text(AdditionalPropertiesDictionary properties, string key) => properties.GetValueOrDefault(key) switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString()!,
        _ => throw new FormatException($"The reply carries tokens without '{key}', or it is no text."),
    };

    private static string Write<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        byte[] bytes = MemoryMarshal.AsBytes(numbers).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            Turn(bytes);
        }

        return Convert.ToBase64String(bytes);
    }

    private static void Turn(byte[] bytes)
    {
        Span<int> numbers = MemoryMarshal.Cast<byte, int>(bytes.AsSpan());
        BinaryPrimitives.ReverseEndianness(numbers, numbers);
    }
}
