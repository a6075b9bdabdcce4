using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Reflexion.Tests;

/// <summary>Compiles a snippet the way a console project does: implicit usings, nullable, top-level statements.</summary>
internal static class SnippetCompiler
{
    private static readonly string[] ImplicitUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    ];

    private static readonly string[] GivenUsings =
    [
        "Microsoft.Extensions.AI", "Microsoft.Extensions.DependencyInjection", "Reflexion", "Reflexion.Environments", "Reflexion.Testing", "static Reflexion.Tests.Given",
    ];

    /// <summary>Compiles into <paramref name="assembly"/> what stands by itself; returns the errors, each with its line of the README.</summary>
    public static IReadOnlyList<string> CompileAlone(Snippet snippet, Stream assembly) => Compile(snippet, assembly, ImplicitUsings);

    /// <summary>Compiles what follows other snippets, so that it has their usings and what <see cref="Given"/> holds; returns the errors.</summary>
    public static IReadOnlyList<string> CompileInContext(Snippet snippet) => Compile(snippet, new MemoryStream(), [.. ImplicitUsings, .. GivenUsings]);

    private static IReadOnlyList<string> Compile(Snippet snippet, Stream assembly, string[] usings)
    {
        SyntaxTree code = CSharpSyntaxTree.ParseText(snippet.Code);
        SyntaxTree imports = CSharpSyntaxTree.ParseText(string.Concat(usings.Select(name => $"global using {name};")));
        bool isProgram = code.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any();
        CSharpCompilationOptions options = new(
            isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        return
        [
            .. CSharpCompilation.Create($"Snippet{snippet.Line}", [code, imports], TrustedAssemblies.References, options).Emit(assembly)
                .Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => $"README.md({snippet.Line + diagnostic.Location.GetLineSpan().StartLinePosition.Line}): {diagnostic.Id} {diagnostic.GetMessage()}"),
        ];
    }
}
