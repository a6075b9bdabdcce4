namespace Reflexion.Environments;

/// <summary>How a <see cref="WikipediaStore"/> asks Wikipedia.</summary>
/// <remarks>The defaults keep to Wikimedia's rules for programs: say who you are, one request at a time, stand back when told to.</remarks>
public sealed record WikipediaOptions
{
    /// <summary>Creates options.</summary>
    /// <param name="userAgent">
    /// Who asks, as Wikimedia's User-Agent policy demands: the program's name and version, and in parentheses an e-mail or web address where its
    /// operator can be reached, such as <c>MyStudy/1.0 (me@example.org)</c>.
    /// </param>
    /// <exception cref="ArgumentException">The user agent cannot be sent as a header, or holds no address.</exception>
    public WikipediaOptions(string userAgent)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(userAgent);
        using var request = new HttpRequestMessage();
        bool isSound = request.Headers.UserAgent.TryParseAdd(userAgent) && (userAgent.Contains('@') || userAgent.Contains("://", StringComparison.Ordinal));
        UserAgent = isSound ? userAgent : throw new ArgumentException(
            $"\"{userAgent}\" does not say who asks: give name, version and an e-mail or web address, such as \"MyStudy/1.0 (me@example.org)\".", nameof(userAgent));
    }

    /// <summary>Who asks.</summary>
    public string UserAgent { get; }

    /// <summary>The wiki's <c>api.php</c>. Default: that of the English Wikipedia. An absolute http(s) address without query.</summary>
    public Uri Endpoint { get; init; } = new("https://en.wikipedia.org/w/api.php");

    /// <summary>The most titles to name where a page is not found. Default 10; in [0, 50].</summary>
    public int SimilarTitles { get; init; } = 10;

    /// <summary>The least time between the end of a request and the start of the next. Default 200 ms; not negative.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long one request may take. Default 30 s; above zero.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often one request is sent at most. Default 4; at least 1. Between the attempts it waits as told by <c>Retry-After</c>, else 1 s, 2 s, 4 s and so on.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>The longest wait between two attempts. Default 2 minutes; not negative. Where Wikipedia asks for more, the search fails and says so.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How many seconds Wikipedia's databases may lag before a request stands back, its <c>maxlag</c>. Default 5; at least 1.</summary>
    public int MaxLag { get; init; } = 5;

    /// <summary>The most bytes of a reply, uncompressed. Default 8 MiB; at least 1,024.</summary>
    public int MaxReplyBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>The most searches remembered in memory. Default 1,000; at least 1. The least recently used gives way.</summary>
    public int MaxCached { get; init; } = 1_000;

    /// <summary>How long a search is remembered. Default 7 days; above zero.</summary>
    public TimeSpan CacheLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A folder where searches are remembered from run to run, made where it is missing; null (default) for none.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>The most searches remembered in <see cref="CacheFolder"/>. Default 10,000; at least 1. When it is full, the oldest tenth is deleted.</summary>
    public int MaxCachedInFolder { get; init; } = 10_000;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Endpoint);
        if (!Endpoint.IsAbsoluteUri || Endpoint.Scheme is not ("http" or "https") || Endpoint.Query.Length > 0)
        {
            throw new ArgumentException($"'{Endpoint}' is no absolute http or https address of an api.php without query.", nameof(Endpoint));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(SimilarTitles);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SimilarTitles, 50);
        ArgumentOutOfRangeException.ThrowIfLessThan(Pause, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLag, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxReplyBytes, 1_024);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxCached, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CacheLifetime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxCachedInFolder, 1);
    }
}
