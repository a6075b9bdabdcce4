namespace Reflexion.Tests;

/// <summary>A fact that runs Python; skipped, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute() => Skip = Missing;

    public static string? Missing => PythonProgram.IsPresent ? null : "There is no python3 on the PATH.";
}
