using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>Problems made for tests.</summary>
internal static class Problems
{
    public static ProgrammingProblem Python(string hiddenTest, string prompt = "def f(x):\n    \"\"\"Does it.\"\"\"\n", string entryPoint = "f") =>
        new() { Id = "p", Language = "python", Prompt = prompt, EntryPoint = entryPoint, HiddenTest = hiddenTest };

    public static ProgrammingProblem CSharp(string hiddenTest, string signature = "public static int F(int x)", string entryPoint = "F") =>
        new() { Id = "c", Language = "csharp", Prompt = $"/// <summary>Does it.</summary>\n{signature}", EntryPoint = entryPoint, HiddenTest = hiddenTest };
}
