namespace Reflexion.LanguageModels;

/// <summary>How a <see cref="ModelHub"/> asks and where it keeps what it got.</summary>
public sealed record ModelHubOptions
{
    /// <summary>Where the hub is. Default: <c>https://huggingface.co</c>.</summary>
    public Uri Endpoint { get; init; } = new("https://huggingface.co");

    /// <summary>Where files are kept, in folders for repository and revision. Default: <c>Reflexion/models</c> in the user's local application data.</summary>
    public string CacheFolder { get; init; } =
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "Reflexion", "models");

    /// <summary>Whether only the cache is used and nothing is ever asked for. Default: false.</summary>
    public bool IsOffline { get; init; }

    /// <summary>The token that the hub knows the user by; it is sent to <see cref="Endpoint"/> only, never to a host that it redirects to. Default: null, none.</summary>
    public string? Token { get; init; }

    /// <summary>How often a file is asked for in one call when connections break; at least 1. Each attempt goes on where the last one broke off. Default: 5.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The longest wait for another process that downloads the same file. Default: 30 minutes; zero tries once.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMinutes(30);

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Endpoint);
        if (!Endpoint.IsAbsoluteUri || Endpoint.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"'{Endpoint}' is no web address; one that begins with https:// is expected.", nameof(Endpoint));
        }

        ArgumentException.ThrowIfNullOrEmpty(CacheFolder);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LockTimeout, TimeSpan.Zero);
    }

    /// <summary>A record would print its token.</summary>
    public override string ToString() => $"{Endpoint} ({CacheFolder})";
}
