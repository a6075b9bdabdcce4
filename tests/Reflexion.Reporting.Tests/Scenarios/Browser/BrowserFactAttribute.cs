namespace Reflexion.Tests;

/// <summary>A fact that needs the system's Chromium, and perhaps reference data; skipped, saying what is missing, where that is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute(string relativePath = ".")
    {
        Skip = Chromium.Missing;
        if (Skip is null && relativePath != "." && !SharedFolder.Holds(relativePath))
        {
            Skip = $"Needs {SharedFolder.PathOf(relativePath)}; set REFLEXION_SHARED to the folder that holds '{relativePath}'.";
        }
    }
}
