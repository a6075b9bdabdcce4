using System.Text;
using System.Text.RegularExpressions;

namespace Reflexion.Tests;

/// <summary>Pages as text, and the blocks in them.</summary>
internal static partial class PageText
{
    public static async Task<string> OfAsync(ExperimentReport report)
    {
        using var output = new MemoryStream();
        await report.WriteHtmlAsync(output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    public static Task<string> OfAsync(ExperimentResult result, ReportOptions? options = null) => OfAsync(ExperimentReport.Of(result, options));

    /// <summary>What stands between an element's tags, as a browser finds it: up to the first closing tag.</summary>
    public static string[] Blocks(string html, string element) =>
        [.. Regex.Matches(html, $"<{element}(?: [^>]*)?>(.*?)</{element}", RegexOptions.Singleline | RegexOptions.IgnoreCase).Select(match => match.Groups[1].Value)];

    public static string Data(string html) => DataBlock().Match(html).Groups["data"].Value;

    [GeneratedRegex("<script type=\"application/json\" id=\"data\">(?<data>.*?)</script", RegexOptions.Singleline)]
    private static partial Regex DataBlock();
}
