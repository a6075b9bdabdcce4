using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Reflexion;

/// <summary>The names under which Reflexion reports traces and metrics, after the OpenTelemetry GenAI semantic conventions.</summary>
public static class ReflexionTelemetry
{
    /// <summary>The name of the activity source and of the meter: pass it to <c>AddSource</c> and <c>AddMeter</c>.</summary>
    public const string Name = "Reflexion";

    internal static readonly ActivitySource Source = new(Name);
    internal static readonly Meter Meter = new(Name);

    internal static readonly Histogram<long> TokenUsage =
        Meter.CreateHistogram<long>("gen_ai.client.token.usage", "{token}", "Tokens used per call.");

    internal static readonly Histogram<double> OperationDuration =
        Meter.CreateHistogram<double>("gen_ai.client.operation.duration", "s", "How long a call took.");

    internal static readonly Histogram<double> EvaluationScore =
        Meter.CreateHistogram<double>("reflexion.evaluation.score", "1", "The return G of a trial.");

    internal static readonly Histogram<double> ReturnChange =
        Meter.CreateHistogram<double>("reflexion.return.change", "1", "The change of return from one trial to the next.");

    internal static readonly Counter<long> Trials = Meter.CreateCounter<long>("reflexion.trials", "{trial}", "Trials ended.");

    internal static readonly Counter<long> Episodes = Meter.CreateCounter<long>("reflexion.episodes", "{episode}", "Episodes ended, by stop reason.");

    internal static readonly Counter<long> Lessons = Meter.CreateCounter<long>("reflexion.lessons", "{lesson}", "Lessons written, by what became of them.");

    /// <summary>
    /// Whether prompts, replies and lessons are put into traces. Default false: they may hold personal data. Also set by
    /// the environment variable <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c> set to <c>true</c>.
    /// </summary>
    internal static bool CapturesContent { get; } =
        string.Equals(Environment.GetEnvironmentVariable("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"), "true", StringComparison.OrdinalIgnoreCase);
}
