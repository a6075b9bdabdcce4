namespace Reflexion;

/// <summary>A worked example for a self-reflector: a trial and the reflection a good reflector would write.</summary>
/// <param name="Trial">Task and trajectory of the example. Not blank.</param>
/// <param name="Reflection">The reflection: the root cause, then the new plan. Not blank.</param>
public sealed record ReflectionExample(string Trial, string Reflection);
