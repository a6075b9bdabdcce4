namespace Reflexion;

/// <summary>A secret in a lesson.</summary>
/// <param name="Lesson">The lesson.</param>
/// <param name="Kind">What kind of secret, and never the secret itself.</param>
/// <param name="IsQuarantined">Whether a guard had rejected the lesson; if not, it can reach prompts.</param>
public sealed record SecretFinding(Lesson Lesson, string Kind, bool IsQuarantined);
