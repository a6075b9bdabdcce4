namespace Reflexion;

/// <summary>What a component used, as it is written.</summary>
internal sealed record UsageSurrogate(AgentComponent Component, int Calls, int FailedCalls, TokenUsage Tokens, decimal Cost);
