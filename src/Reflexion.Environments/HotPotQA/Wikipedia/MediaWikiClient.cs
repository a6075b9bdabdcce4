using System.Globalization;

namespace Reflexion.Environments;

/// <summary>Puts questions to MediaWiki's action API.</summary>
internal sealed class MediaWikiClient(HttpClient client, WikipediaOptions options, TimeProvider time)
{
    private readonly PoliteSender _sender = new(client, options, time);

    /// <summary>The page of a title, redirects followed; null where there is none.</summary>
    internal async Task<MediaWikiPage?> FindPageAsync(string title, CancellationToken cancellationToken)
    {
        MediaWikiQuery query = await AskAsync(
            [("titles", title), ("redirects", "1"), ("converttitles", "1"), ("prop", "extracts|pageprops"), ("explaintext", "1"), ("exsectionformat", "wiki"), ("ppprop", "disambiguation")],
            cancellationToken).ConfigureAwait(false);
        return query.Pages?.FirstOrDefault(page => page is { Missing: false, Invalid: false, Title.Length: > 0 });
    }

    /// <summary>The titles that the wiki's own search finds for a text, the best first.</summary>
    internal async Task<IReadOnlyList<string>> FindTitlesAsync(string text, CancellationToken cancellationToken)
    {
        // One more than is shown: the page that was asked for may be among them.
        string limit = (options.SimilarTitles + 1).ToString(CultureInfo.InvariantCulture);
        MediaWikiQuery query = await AskAsync(
            [("list", "search"), ("srsearch", text), ("srlimit", limit), ("srnamespace", "0"), ("srprop", ""), ("srinfo", "")], cancellationToken).ConfigureAwait(false);
        return [.. (query.Search ?? []).Select(hit => hit.Title).OfType<string>().Where(title => !string.IsNullOrWhiteSpace(title)).Distinct()];
    }

    private async Task<MediaWikiQuery> AskAsync((string Name, string Value)[] parameters, CancellationToken cancellationToken)
    {
        (string Name, string Value)[] all =
        [
            ("action", "query"), ("format", "json"), ("formatversion", "2"), ("maxlag", options.MaxLag.ToString(CultureInfo.InvariantCulture)), .. parameters,
        ];
        var address = new Uri($"{options.Endpoint}?{string.Join('&', all.Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"))}");
        MediaWikiReply reply = await _sender.SendAsync(address, cancellationToken).ConfigureAwait(false);
        return reply.Query ?? new();
    }
}
