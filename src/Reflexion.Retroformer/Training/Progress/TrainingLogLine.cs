using System.Text.Json;

namespace Reflexion.Retroformer;

/// <summary>What a line of the log says.</summary>
internal static class TrainingLogLine
{
    public static void Write(Utf8JsonWriter json, TrainingProgress happened)
    {
        json.WriteString("event", happened switch { PolicyUpdated => "update", PolicyEvaluated => "evaluation", _ => "end" });
        json.WriteNumber("update", happened.Update);
        switch (happened)
        {
            case PolicyUpdated updated:
                Write(json, updated.Metrics);
                break;
            case PolicyEvaluated evaluated:
                Write(json, evaluated);
                break;
            case TrainingEnded ended:
                json.WriteString("end", ended.End.ToString());
                json.WriteString("adapterHash", ended.AdapterHash);
                Number(json, "rolledBackTo", ended.RolledBackTo);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, UpdateMetrics metrics)
    {
        json.WriteNumber("failures", metrics.Failures);
        json.WriteNumber("samples", metrics.Samples);
        json.WriteNumber("zeroVarianceGroups", metrics.ZeroVarianceGroups);
        json.WriteNumber("staleSamples", metrics.StaleSamples);
        Number(json, "reward", metrics.Reward);
        Number(json, "return", metrics.Return);
        Number(json, "nullReturn", metrics.NullReturn);
        Number(json, "refinementTokens", metrics.RefinementTokens);
        Number(json, "loss", metrics.Loss);
        Number(json, "kl", metrics.Kl);
        Number(json, "entropy", metrics.Entropy);
        Number(json, "clipFraction", metrics.ClipFraction);
        Number(json, "meanRatio", metrics.MeanRatio);
        Number(json, "gradientNorm", metrics.GradientNorm);
        json.WriteNumber("steps", metrics.Steps);
        Number(json, "collectSeconds", metrics.CollectTime.TotalSeconds);
        Number(json, "updateSeconds", metrics.UpdateTime.TotalSeconds);
    }

    private static void Write(Utf8JsonWriter json, PolicyEvaluated evaluated)
    {
        Number(json, "candidateReturn", evaluated.Decision.CandidateReturn);
        Number(json, "incumbentReturn", evaluated.Decision.IncumbentReturn);
        Number(json, "nullReturn", evaluated.NullReturn);
        Number(json, "gain", evaluated.Decision.Gain.Value);
        Number(json, "gainLow", evaluated.Decision.Gain.Low);
        Number(json, "gainHigh", evaluated.Decision.Gain.High);
        json.WriteBoolean("promoted", evaluated.Decision.IsPromoted);
    }

    // JSON has no NaN and no infinities.
    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
