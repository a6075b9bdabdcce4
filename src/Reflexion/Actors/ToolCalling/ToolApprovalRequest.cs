using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>A call that a tool asks a person (or a policy) to approve before it is made.</summary>
/// <param name="Task">The task the agent works on.</param>
/// <param name="Trial">The trial, from 1.</param>
/// <param name="Function">The tool, an <see cref="ApprovalRequiredAIFunction"/> or one that wraps it.</param>
/// <param name="Call">The call as the model asked for it. Its arguments are the model's: check them before approving.</param>
/// <param name="Arguments">The same arguments as one line of JSON, to show to a person.</param>
public sealed record ToolApprovalRequest(AgentTask Task, int Trial, AIFunction Function, FunctionCallContent Call, string Arguments);
