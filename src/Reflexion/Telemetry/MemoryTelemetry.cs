using System.Diagnostics;

namespace Reflexion;

/// <summary>The span of one memory operation.</summary>
internal readonly struct MemoryTelemetry : IDisposable
{
    private readonly Activity? _activity;

    private MemoryTelemetry(Activity? activity) => _activity = activity;

    internal static MemoryTelemetry Start(string operation)
    {
        Activity? activity = ReflexionTelemetry.Source.StartActivity(operation);
        activity?.SetTag("gen_ai.operation.name", operation);
        return new(activity);
    }

    public void Dispose() => _activity?.Dispose();
}
