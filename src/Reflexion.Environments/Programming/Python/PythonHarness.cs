using System.Collections.Immutable;
using System.Text.Json;

namespace Reflexion.Environments;

/// <summary>What the Python harness is started with and sent.</summary>
internal static class PythonHarness
{
    private static readonly Lazy<string> _source = new(() => HarnessResource.Read("Programming.harness.py"));

    internal static HarnessCommands Commands(PythonInterpreter interpreter, SandboxLimits limits) =>
        new(Command(interpreter, limits, "checker"), Command(interpreter, limits, "candidate"));

    internal static ReadOnlyMemory<byte> Candidate(string program) => FrameJson.Object(json => json.WriteString("source", program));

    internal static ReadOnlyMemory<byte> Checker(ProgrammingProblem problem) => FrameJson.Object(json => About(json, problem));

    /// <summary>A test. A lenient one, written by a model, may use the standard library without importing it, and has its value noted.</summary>
    internal static ReadOnlyMemory<byte> Test(string source, bool lenient) => FrameJson.Object(json =>
    {
        json.WriteString("source", source);
        json.WriteBoolean("lenient", lenient);
    });

    internal static ReadOnlyMemory<byte> Analyse(ProgrammingProblem problem, IEnumerable<string> texts) => FrameJson.Object(json =>
    {
        About(json, problem);
        json.WriteStartArray("texts");
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    });

    private static void About(Utf8JsonWriter json, ProgrammingProblem problem)
    {
        json.WriteString("entry_point", problem.EntryPoint);
        json.WriteString("preamble", problem.Prompt);
    }

    // Not -I: it would ignore the environment, and a program's sets would be in another order each time.
    private static SandboxCommand Command(PythonInterpreter interpreter, SandboxLimits limits, string role) => new()
    {
        FileName = interpreter.Executable,
        Arguments = ["-s", "-S", "-B", "-c", _source.Value, role],
        Environment = ImmutableDictionary<string, string>.Empty.Add("PYTHONHASHSEED", "0").Add("PYTHONIOENCODING", "utf-8"),
        ReadableFolders = interpreter.Folders,
        Limits = limits,
    };
}
