using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Reflexion;

/// <summary>Reads what SDKs write into the messages of their exceptions.</summary>
internal static partial class ChatFaultText
{
    private const int LongestQuote = 300;

    /// <summary>The status or the provider's error type that a message names, or null.</summary>
    internal static ChatFaultDetails? Read(string message)
    {
        if (Status().Match(message) is { Success: true } match)
        {
            // Enum.TryParse reads numbers too.
            if (Enum.TryParse(match.Groups["status"].Value, out HttpStatusCode status) && (int)status is >= 300 and <= 599)
            {
                return new((int)status);
            }
        }

        return ErrorType().Match(message) is { Success: true } type ? new(StatusOf(type.Groups["type"].Value)) : null;
    }

    /// <summary>The provider's own words: the message in a JSON body where there is one, else the text itself; shortened.</summary>
    internal static string Quote(string message)
    {
        string words = string.Join(' ', (FromJson(message) ?? WithoutStatusLine(message)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length <= LongestQuote ? words : words[..LongestQuote] + "…";
    }

    /// <summary>Whether a message says that the money is used up, which providers report under several statuses.</summary>
    internal static bool TellsOfQuota(string message) => Quota().IsMatch(message);

    private static string WithoutStatusLine(string message)
    {
        int line = message.IndexOf('\n', StringComparison.Ordinal);
        return line >= 0 && Status().IsMatch(message[..line]) && message.AsSpan(line).Trim() is { IsEmpty: false } rest ? rest.ToString() : message;
    }

    private static string? FromJson(string message)
    {
        int start = message.IndexOf('{', StringComparison.Ordinal);
        int end = message.LastIndexOf('}');
        if (start < 0 || end < start)
        {
            return null;
        }

        try
        {
            using var body = JsonDocument.Parse(message.AsMemory(start, end - start + 1));
            JsonElement error = body.RootElement.TryGetProperty("error", out JsonElement inner) ? inner : body.RootElement;
            return error.ValueKind switch
            {
                JsonValueKind.String => error.GetString(),
                JsonValueKind.Object when error.TryGetProperty("message", out JsonElement text) && text.ValueKind == JsonValueKind.String => text.GetString(),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int StatusOf(string errorType) => errorType switch
    {
        "overloaded_error" => 529,
        "rate_limit_error" => 429,
        "timeout_error" => 504,
        "authentication_error" => 401,
        "billing_error" => 402,
        "permission_error" => 403,
        "not_found_error" => 404,
        "invalid_request_error" => 400,
        _ => 500,
    };

    // "HTTP 429 (…", "Status Code: TooManyRequests", "Status: 429 (…", "Response status code does not indicate success: 429 (…".
    [GeneratedRegex(@"^\s*(?:HTTP|Service request failed\.?\s+Status:|(?:Response )?Status(?: Code)?(?: does not indicate success)?:?)\s+(?<status>\d{3}|[A-Z][A-Za-z]+)\b", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Status();

    [GeneratedRegex(@"""type""\s*:\s*""(?<type>(?:overloaded|rate_limit|timeout|authentication|billing|permission|not_found|invalid_request|api|server)_error)""")]
    private static partial Regex ErrorType();

    [GeneratedRegex("insufficient_quota|billing_error|credit balance is too low", RegexOptions.IgnoreCase)]
    private static partial Regex Quota();
}
