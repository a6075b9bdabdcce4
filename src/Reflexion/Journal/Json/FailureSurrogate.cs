namespace Reflexion;

/// <summary>A failure as it is written.</summary>
internal sealed record FailureSurrogate(AgentComponent Component, string Message, RecordedFault Exception);
