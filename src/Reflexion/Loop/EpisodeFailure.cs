using System.Text.Json.Serialization;

namespace Reflexion;

/// <summary>What went wrong in an episode that ended with <see cref="StopReason.Failed"/>.</summary>
/// <param name="Component">The component that failed.</param>
/// <param name="Message">What was wrong and, where known, what to do.</param>
/// <param name="Exception">The exception.</param>
[JsonConverter(typeof(FailureConverter))]
public sealed record EpisodeFailure(AgentComponent Component, string Message, Exception Exception);
