using System.Text;
using System.Text.RegularExpressions;

namespace Reflexion;

/// <summary>Puts the page together.</summary>
internal static partial class HtmlPage
{
    private static readonly string Policy = ContentSecurityPolicy.Of(PageAssets.Style, PageAssets.Script);

    // Split once, so that nothing that is put in is ever looked through for names.
    private static readonly string[] Pieces = Name().Split(PageAssets.Frame);

    internal static async Task WriteAsync(ExperimentReport report, byte[] json, Stream output, CancellationToken cancellationToken)
    {
        for (int i = 0; i < Pieces.Length; i++)
        {
            // Every second piece is a name.
            ReadOnlyMemory<byte> piece = i % 2 == 0 ? Encoding.UTF8.GetBytes(Pieces[i]) : Content(Pieces[i], report, json);
            await output.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
        }
    }

    private static byte[] Content(string name, ExperimentReport report, byte[] json) => name switch
    {
        "data" => ScriptData.Escape(json),
        "policy" => Encoding.UTF8.GetBytes(Policy),
        "style" => Encoding.UTF8.GetBytes(PageAssets.Style),
        "script" => Encoding.UTF8.GetBytes(PageAssets.Script),
        "title" => Encoding.UTF8.GetBytes(EncodedText.Of(report.Title)),
        "curves" => Encoding.UTF8.GetBytes(StaticCurves.Of(report)),
        _ => throw new InvalidOperationException($"The page's frame names '{name}', and there is no such thing."),
    };

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Name();
}
