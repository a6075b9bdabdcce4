using System.Collections.Immutable;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Reflexion.Environments;

/// <summary>Compiles C# in memory. What it compiles is never loaded here.</summary>
internal sealed class CSharpCompiler(DotnetRuntime runtime)
{
    internal const string SolutionFile = "solution.cs";
    internal const string TestsFile = "tests.cs";

    private const string Usings =
        "global using System; global using System.Collections; global using System.Collections.Generic; global using System.Globalization; global using System.Linq; global using System.Numerics; global using System.Text; global using System.Text.RegularExpressions; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly CSharpParseOptions _syntax = new(LanguageVersion.Latest);
    private static readonly SyntaxTree _usings = CSharpSyntaxTree.ParseText(Usings, _syntax);
    private readonly Lazy<ImmutableArray<MetadataReference>> _framework = new(() => References(runtime));

    internal static SyntaxTree Parse(string source, string file) => CSharpSyntaxTree.ParseText(source, _syntax, file, System.Text.Encoding.UTF8);

    internal CSharpCompilation Compile(string name, IEnumerable<SyntaxTree> trees, OutputKind kind = OutputKind.DynamicallyLinkedLibrary, CSharpImage? reference = null) => CSharpCompilation.Create(
        name,
        [_usings, .. trees],
        reference is null ? _framework.Value : [.. _framework.Value, MetadataReference.CreateFromImage(reference.Assembly)],
        new(kind, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Disable, concurrentBuild: false, deterministic: true));

    /// <summary>The assembly, or the compiler's errors.</summary>
    internal static (CSharpImage? Image, ImmutableArray<Diagnostic> Errors) Emit(CSharpCompilation compilation, CancellationToken cancellationToken)
    {
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        EmitResult result = compilation.Emit(assembly, symbols, options: new(debugInformationFormat: DebugInformationFormat.PortablePdb), cancellationToken: cancellationToken);
        return result.Success
            ? (new(ImmutableArray.Create(assembly.ToArray()), ImmutableArray.Create(symbols.ToArray())), [])
            : (null, [.. result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error)]);
    }

    private static ImmutableArray<MetadataReference> References(DotnetRuntime runtime) =>
        [.. Directory.EnumerateFiles(runtime.Framework, "*.dll").Order(StringComparer.Ordinal).Where(IsManaged).Select(path => MetadataReference.CreateFromFile(path))];

    private static bool IsManaged(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        return image.HasMetadata;
    }
}
