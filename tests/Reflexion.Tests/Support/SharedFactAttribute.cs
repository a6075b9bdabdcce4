namespace Reflexion.Tests;

/// <summary>A fact that needs reference data; skipped, saying what is missing, where the data is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string relativePath = ".")
    {
        if (!SharedFolder.Holds(relativePath))
        {
            Skip = $"Needs {SharedFolder.PathOf(relativePath)}; set REFLEXION_SHARED to the folder that holds '{relativePath}'.";
        }
    }
}
