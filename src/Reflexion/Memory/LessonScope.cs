namespace Reflexion;

/// <summary>Who a lesson belongs to. Recall never crosses a tenant.</summary>
/// <param name="Tenant">The customer or user whose data the lesson came from; empty for a single-tenant app.</param>
/// <param name="Agent">The agent that learnt it.</param>
/// <param name="TaskId">The task it was learnt on.</param>
public sealed record LessonScope(string Tenant, string Agent, string TaskId);
