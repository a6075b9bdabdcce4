using System.Reflection;

namespace Reflexion.Tests;

/// <summary>Runs a compiled program in this process.</summary>
internal static class SnippetRun
{
    // The console is one for the process; programs take turns with it.
    private static readonly SemaphoreSlim Turn = new(1, 1);

    /// <summary>Runs it to its end; returns what it wrote to the console, and throws what it throws.</summary>
    public static async Task<string> RunAsync(MemoryStream assembly)
    {
        MethodInfo main = Assembly.Load(assembly.ToArray()).EntryPoint!;
        await Turn.WaitAsync();
        TextWriter console = Console.Out;
        using StringWriter output = new();
        Console.SetOut(output);
        try
        {
            // Off the test framework's context: a program's entry point blocks until its tasks are done.
            await Task.Run(() => main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()], null));
        }
        finally
        {
            Console.SetOut(console);
            Turn.Release();
        }

        return output.ToString();
    }
}
