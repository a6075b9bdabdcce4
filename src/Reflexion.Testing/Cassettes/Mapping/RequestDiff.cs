using System.Globalization;

namespace Reflexion.Testing;

/// <summary>Finds the recorded request that is closest to one that was not recorded, and says how they differ.</summary>
internal static class RequestDiff
{
    private const int Before = 30;
    private const int After = 60;

    internal static CassetteMismatchException Explain(
        string path, CassetteRequest request, string hash, IReadOnlyList<CassetteEntry> entries, IReadOnlySet<CassetteEntry> unplayed)
    {
        int recorded = entries.Count(entry => entry.Hash == hash);
        if (recorded > 0)
        {
            return new(
                $"The cassette '{path}' holds {Times(recorded)} to this request, and they were played already: it was asked for once more.",
                $"The request:\n{RequestText.Of(request)}");
        }

        if (entries.Count == 0)
        {
            return new(
                $"The cassette '{path}' is empty or does not exist. Record the calls first, with {nameof(CassetteMode)}.{nameof(CassetteMode.Record)} or {nameof(CassetteMode.Auto)}.",
                $"The request:\n{RequestText.Of(request)}");
        }

        (CassetteEntry closest, int index) = entries.Select((entry, i) => (entry, i)).MaxBy(candidate => Closeness(request, candidate.entry, unplayed.Contains(candidate.entry)));
        string state = unplayed.Contains(closest) ? "not played yet" : "played already";
        return new(
            $"The cassette '{path}' holds no answer to this request.",
            $"The closest recorded request is call {index + 1} of {entries.Count} ({state}).\n{string.Join('\n', Differences(closest.Request, request))}");
    }

    private static string Times(int count) => count == 1 ? "1 answer" : string.Create(CultureInfo.InvariantCulture, $"{count} answers");

    private static (int Messages, int Position, int Options, bool IsUnplayed) Closeness(CassetteRequest request, CassetteEntry candidate, bool isUnplayed)
    {
        IReadOnlyList<string> received = RequestText.Messages(request);
        IReadOnlyList<string> recorded = RequestText.Messages(candidate.Request);
        int equal = received.Zip(recorded).TakeWhile(pair => pair.First == pair.Second).Count();
        int position = equal < received.Count && equal < recorded.Count ? received[equal].AsSpan().CommonPrefixLength(recorded[equal]) : 0;
        int options = RequestText.Options(request).Intersect(RequestText.Options(candidate.Request)).Count();
        return (equal, position, options, isUnplayed);
    }

    private static IEnumerable<string> Differences(CassetteRequest recorded, CassetteRequest received)
    {
        IReadOnlyList<string> was = RequestText.Messages(recorded);
        IReadOnlyList<string> now = RequestText.Messages(received);
        int first = was.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        if (first < was.Count || first < now.Count)
        {
            yield return Difference($"Message {first + 1}", was.ElementAtOrDefault(first), now.ElementAtOrDefault(first));
        }

        if (was.Count != now.Count)
        {
            yield return $"Messages: {was.Count} recorded, {now.Count} received.";
        }

        SortedDictionary<string, string> before = RequestText.Options(recorded);
        SortedDictionary<string, string> after = RequestText.Options(received);
        foreach (string name in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).Where(name => before.GetValueOrDefault(name) != after.GetValueOrDefault(name)))
        {
            yield return Difference($"Option {name}", before.GetValueOrDefault(name), after.GetValueOrDefault(name));
        }
    }

    private static string Difference(string what, string? was, string? now)
    {
        if (was is null || now is null)
        {
            return $"{what} differs:\n  recorded: {(was is null ? "(none)" : Excerpt(was, 0))}\n  received: {(now is null ? "(none)" : Excerpt(now, 0))}";
        }

        int at = was.AsSpan().CommonPrefixLength(now);
        string marker = new(' ', Excerpt(now[..at], at).Length);
        return $"{what} differs at character {at + 1}:\n  recorded: {Excerpt(was, at)}\n  received: {Excerpt(now, at)}\n            {marker}^";
    }

    private static string Excerpt(string text, int at)
    {
        int start = Math.Max(0, at - Before);
        int end = Math.Min(text.Length, at + After);
        return $"{(start > 0 ? "…" : "")}{text[start..end].ReplaceLineEndings("⏎")}{(end < text.Length ? "…" : "")}";
    }
}
