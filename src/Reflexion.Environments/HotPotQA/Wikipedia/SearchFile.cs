using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Reflexion.Environments;

/// <summary>A search as a file holds it.</summary>
internal sealed record SearchFile
{
    internal const int CurrentVersion = 1;

    [JsonRequired]
    public int Version { get; init; }

    /// <summary>The wiki that was asked, and what for; two names of files may be the same by chance.</summary>
    [JsonRequired]
    public string Key { get; init; } = "";

    [JsonRequired]
    public DateTimeOffset FoundAt { get; init; }

    /// <summary>The title of the page, or null where none was found.</summary>
    public string? Title { get; init; }

    public ImmutableArray<string> Sentences { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<string> Similar { get; init => field = value.IsDefault ? [] : value; } = [];

    internal static SearchFile Of(string key, CachedSearch search) => new()
    {
        Version = CurrentVersion,
        Key = key,
        FoundAt = search.FoundAt,
        Title = search.Search.Page?.Title,
        Sentences = search.Search.Page?.Sentences ?? [],
        Similar = search.Search.Similar,
    };

    /// <summary>The search, or null where the file is of another version or of another search.</summary>
    internal CachedSearch? ToSearch(string key) => Version != CurrentVersion || Key != key ? null
        : new(string.IsNullOrWhiteSpace(Title) ? DocumentSearch.NotFound(Similar) : DocumentSearch.Found(new(Title, Sentences)), FoundAt);
}
