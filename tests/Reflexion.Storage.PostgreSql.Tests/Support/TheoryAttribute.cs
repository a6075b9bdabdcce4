namespace Reflexion.Tests;

/// <summary>A theory that is skipped, saying so, where there is no server. It stands in for xunit's in all tests of this project.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TheoryAttribute : Xunit.TheoryAttribute
{
    public TheoryAttribute() => Skip = FactAttribute.Missing;
}
