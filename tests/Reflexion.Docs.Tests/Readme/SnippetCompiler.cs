using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace Reflexion.Tests;

/// <summary>Compiles a snippet the way a console project does: implicit usings, nullable, top-level statements.</summary>
internal static class SnippetCompiler
{
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>Compiles into <paramref name="assembly"/>; returns the errors, each with its place in the snippet.</summary>
    public static ImmutableArray<string> Compile(Snippet snippet, Stream assembly)
    {
        SyntaxTree[] sources = [.. snippet.Needs.Select(Preamble), CSharpSyntaxTree.ParseText(snippet.Code)];
        CompilationUnitSyntax unit = Join([.. sources.Select(source => source.GetCompilationUnitRoot())]);
        bool isProgram = unit.Members.OfType<GlobalStatementSyntax>().Any();
        CSharpCompilation compilation = CSharpCompilation.Create(
            $"Snippet{snippet.Line}",
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.Create(unit)],
            TrustedAssemblies.References,
            new(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        EmitResult result = compilation.Emit(assembly);
        return
        [
            .. result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => $"README.md, block of line {snippet.Line}: {diagnostic.Id} {diagnostic.GetMessage()} in '{TextOf(diagnostic)}'"),
        ];
    }

    private static SyntaxTree Preamble(string name) =>
        CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.PathOf("tests", "Reflexion.Docs.Tests", "Preambles", $"{name}.cs")));

    /// <summary>Puts usings first, then all statements, then all types, as a program must have them.</summary>
    private static CompilationUnitSyntax Join(CompilationUnitSyntax[] units) =>
        SyntaxFactory.CompilationUnit()
            .AddUsings([.. units.SelectMany(unit => unit.Usings).DistinctBy(name => name.ToString())])
            .AddMembers([.. units.SelectMany(unit => unit.Members).OrderBy(member => member is not GlobalStatementSyntax)]);

    private static string TextOf(Diagnostic diagnostic)
    {
        Location place = diagnostic.Location;
        return place.SourceTree?.GetText().Lines[place.GetLineSpan().StartLinePosition.Line].ToString().Trim() ?? "";
    }
}
