namespace Reflexion;

/// <summary>How far a text written from a task and an attempt at it may be trusted.</summary>
internal static class MaterialIntegrity
{
    internal static TextIntegrity Of(AgentTask task, Trajectory? trajectory)
    {
        TextIntegrity attempt = trajectory?.Integrity ?? TextIntegrity.Model;
        return string.IsNullOrWhiteSpace(task.Context) ? attempt : Worst(attempt, TextIntegrity.Untrusted);
    }

    internal static TextIntegrity Worst(TextIntegrity one, TextIntegrity other) => one > other ? one : other;
}
