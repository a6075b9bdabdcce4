using System.Globalization;
using System.Text;

namespace Reflexion;

/// <summary>The learning curves as a table, for browsers that run no program.</summary>
internal static class StaticCurves
{
    internal static string Of(ExperimentReport report)
    {
        var html = new StringBuilder();
        html.Append("<table data-table=\"curves\"><caption>Share solved after each trial, with ")
            .Append(Text(100 * report.Analysis.Options.Bootstrap.Confidence)).Append(" % intervals</caption>\n")
            .Append("<thead><tr><th scope=\"col\">Arm</th><th scope=\"col\">Trial</th><th scope=\"col\">Solved</th><th scope=\"col\">Episodes</th>")
            .Append("<th scope=\"col\">Share</th><th scope=\"col\">Low</th><th scope=\"col\">High</th></tr></thead>\n<tbody>\n");
        foreach (ArmAnalysis arm in report.Analysis.Arms)
        {
            foreach (SolvedCurvePoint point in arm.Curve)
            {
                Append(html, arm.Arm, point);
            }
        }

        return html.Append("</tbody></table>").ToString();
    }

    private static void Append(StringBuilder html, string arm, SolvedCurvePoint point)
    {
        html.Append("<tr><th scope=\"row\">").Append(EncodedText.Of(arm)).Append("</th>");
        double[] figures = [point.Trial, point.Solved, point.Episodes];
        double[] shares = [point.Share.Value, point.Share.Low, point.Share.High];
        foreach (string cell in figures.Select(Text).Concat(shares.Select(share => $"{Text(100 * share)} %")))
        {
            html.Append("<td>").Append(cell).Append("</td>");
        }

        html.Append("</tr>\n");
    }

    private static string Text(double figure) => figure.ToString("0.#", CultureInfo.InvariantCulture);
}
