namespace Reflexion.Tests;

/// <summary>A fact about contained Python programs; skipped, saying why, where there is no Python or the system refuses namespaces.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ContainedFactAttribute : FactAttribute
{
    public ContainedFactAttribute()
    {
        Skip = Namespaces.AreAllowed ? PythonFactAttribute.Missing : "This system refuses user, mount, process and network namespaces: programs cannot be contained here.";
    }
}
