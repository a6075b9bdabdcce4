using System.Globalization;
using System.Text.Json.Nodes;

namespace Reflexion;

/// <summary>Reads a judge's reply.</summary>
internal sealed class JudgeVerdictReader(JudgeOptions options)
{
    private const int MaxQuotations = 8;
    private const int MaxQuotationCharacters = 500;

    /// <summary>The verdict, or null and what is wrong, as the end of a sentence that can be sent back to the judge.</summary>
    internal (JudgeVerdict? Verdict, string Error) Read(string reply)
    {
        List<JsonObject> objects = LenientJson.ReadObjects(ModelReply.WithoutReasoning(reply));
        List<JsonObject> verdicts = [.. objects.Where(value => value.Field("score") is not null)];
        if (verdicts.Count == 0)
        {
            return (null, objects.Count == 0 ? "it holds no JSON object" : "the JSON object has no \"score\"");
        }

        // A reply may quote a verdict that stands in the judged text; which one is meant cannot be told.
        if (verdicts.DistinctBy(Essence).Count() > 1)
        {
            return (null, "it holds several verdicts that differ");
        }

        return Score(verdicts[^1]) is { } score ? (Make(verdicts[^1], score), "") : (null, $"the score is not a number from {Low} to {High}");
    }

    private int Low => options.ScalePoints is null ? 0 : 1;

    private int High => options.ScalePoints ?? 1;

    private static (double? Score, bool? Success) Essence(JsonObject verdict) => (verdict.Number("score"), verdict.Flag("success"));

    private double? Score(JsonObject verdict) =>
        verdict.Number("score") is { } grade && grade >= Low && grade <= High ? (grade - Low) / (High - Low) : null;

    private JudgeVerdict Make(JsonObject verdict, double score) => new(
        score,
        verdict.Flag("success") ?? Threshold.Reached(score, options.SuccessThreshold),
        verdict.Text("feedback") ?? string.Create(CultureInfo.InvariantCulture, $"The judge gave a score of {score:0.##} and no reason."),
        [.. verdict.Texts("evidence").Take(MaxQuotations).Select(quotation => Excerpt.Of(quotation, MaxQuotationCharacters))]);
}
