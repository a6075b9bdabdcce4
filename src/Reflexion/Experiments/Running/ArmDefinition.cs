namespace Reflexion;

/// <summary>An arm as it was asked for.</summary>
/// <param name="Name">The arm's name.</param>
/// <param name="Model">The model's name, or empty.</param>
/// <param name="Variant">The variant's name, or empty.</param>
/// <param name="Configure">Does to a builder what makes this arm unlike others, given the seed.</param>
internal sealed record ArmDefinition(string Name, string Model, string Variant, Action<ReflexionAgentBuilder, int> Configure);
