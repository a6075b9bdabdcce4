namespace Reflexion.Tests;

/// <summary>What one package may know: its line of the dependency table.</summary>
internal sealed record DependencyRule(string[] Projects, string[] Packages);
