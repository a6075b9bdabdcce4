using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Reflexion.Environments;

/// <summary>The program that runs in the two processes of a C# examination: compiled once, and sent what to load.</summary>
internal sealed class CSharpHarness
{
    private const string HostFile = "harness.dll";
    private const string ConfigFile = "harness.runtimeconfig.json";

    private static readonly ImmutableArray<string> _parts =
        ["Assert", "AssertionException", "Candidate", "Checker", "Codec", "Collections", "Debug", "Exceptions", "Frames", "GoneException", "Host", "Opaque", "Remote", "Show"];

    private CSharpHarness(CSharpImage image, HarnessCommands commands)
    {
        Image = image;
        Commands = commands;
    }

    /// <summary>The assembly, for tests to be compiled against.</summary>
    internal CSharpImage Image { get; }

    internal HarnessCommands Commands { get; }

    internal static CSharpHarness Build(DotnetRuntime runtime, CSharpCompiler compiler, SandboxLimits limits)
    {
        IEnumerable<SyntaxTree> sources = _parts.Select(part => CSharpCompiler.Parse("global using System.IO;\n" + HarnessResource.Read($"Programming.harness.{part}.cs"), part + ".cs"));
        (CSharpImage? image, ImmutableArray<Diagnostic> errors) = CSharpCompiler.Emit(compiler.Compile("harness", sources, OutputKind.ConsoleApplication), CancellationToken.None);
        return image is null
            ? throw new InvalidOperationException($"The harness does not compile against {runtime.Framework}. {CSharpErrors.Describe(errors)}")
            : new(image, new(Command(runtime, image, limits, "checker"), Command(runtime, image, limits, "candidate")));
    }

    internal static ReadOnlyMemory<byte> Program(CSharpImage image) => FrameJson.Object(json =>
    {
        json.WriteBase64String("assembly", image.Assembly.AsSpan());
        json.WriteBase64String("symbols", image.Symbols.AsSpan());
    });

    internal static ReadOnlyMemory<byte> Test(string method) => FrameJson.Object(json => json.WriteString("method", method));

    private static SandboxCommand Command(DotnetRuntime runtime, CSharpImage image, SandboxLimits limits, string role) => new SandboxCommand
    {
        FileName = runtime.Executable,
        Arguments = ["exec", "--runtimeconfig", ConfigFile, HostFile, role],
        Files = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty.Add(HostFile, image.Assembly.AsMemory()).Add(ConfigFile, Config(runtime)),
        ReadableFolders = [runtime.Root],
        Limits = limits,
    }.ForDotNet();

    private static ReadOnlyMemory<byte> Config(DotnetRuntime runtime) => FrameJson.Object(json =>
    {
        json.WriteStartObject("runtimeOptions");
        json.WriteString("tfm", $"net{runtime.Version[..runtime.Version.IndexOf('.')]}.0");
        json.WriteStartObject("framework");
        json.WriteString("name", "Microsoft.NETCore.App");
        json.WriteString("version", runtime.Version);
        json.WriteEndObject();
        json.WriteStartObject("configProperties");
        json.WriteBoolean("System.Globalization.Invariant", true);
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
