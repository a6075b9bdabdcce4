namespace Reflexion.Tests;

/// <summary>A theory about programs that would harm a host that does not contain them; skipped as <see cref="ContainedFactAttribute"/> is.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ContainedTheoryAttribute : TheoryAttribute
{
    public ContainedTheoryAttribute() => Skip = new ContainedFactAttribute().Skip;
}
