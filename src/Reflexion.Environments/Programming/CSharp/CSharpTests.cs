using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Reflexion.Environments;

/// <summary>Unit tests in C#: finds them in text, and compiles them against a stub of the solution.</summary>
internal sealed class CSharpTests(CSharpCompiler compiler, CSharpHarness harness)
{
    private const string Usings =
        $"using static {CSharpSignature.ClassName}; using Assert = Reflexion.Harness.Assert; using Debug = Reflexion.Harness.Debug;\n";

    /// <summary>The assertions of a text that stand on their own and call the method, each once.</summary>
    internal ImmutableArray<string> Find(ProgrammingProblem problem, ImmutableArray<string> texts, CancellationToken cancellationToken)
    {
        ImmutableArray<string> found = [.. texts.SelectMany(AssertionsIn).Where(statement => Calls(statement, problem.EntryPoint)).Select(Text).Distinct()];
        return Compiling(problem, found, cancellationToken);
    }

    /// <summary>The tests as one assembly with a method each, T0, T1 and so on; the errors where they are not sound.</summary>
    internal (CSharpImage? Image, ImmutableArray<Diagnostic> Errors) Compile(ProgrammingProblem problem, ImmutableArray<string> tests, CancellationToken cancellationToken) =>
        CSharpCompiler.Emit(Compilation(problem, tests), cancellationToken);

    internal static string MethodOf(int test) => $"T{test}";

    private static IEnumerable<ExpressionStatementSyntax> AssertionsIn(string text) =>
        CSharpCompiler.Parse(text, CSharpCompiler.TestsFile).GetCompilationUnitRoot().DescendantNodes().OfType<ExpressionStatementSyntax>().Where(IsAssertion);

    private static bool IsAssertion(ExpressionStatementSyntax statement) =>
        !statement.ContainsDiagnostics
        && statement.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var owner } }
        && owner.ToString() is "Assert" or "Debug" or "Xunit.Assert" or "System.Diagnostics.Debug";

    private static bool Calls(ExpressionStatementSyntax statement, string method) => statement.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression switch
    {
        IdentifierNameSyntax name => name.Identifier.Text == method,
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text == method,
        _ => false,
    });

    private static string Text(ExpressionStatementSyntax statement) => statement.WithoutTrivia().NormalizeWhitespace(indentation: "", eol: " ").ToString();

    private ImmutableArray<string> Compiling(ProgrammingProblem problem, ImmutableArray<string> tests, CancellationToken cancellationToken)
    {
        CSharpCompilation compilation = Compilation(problem, tests);
        HashSet<int> broken = [.. compilation.GetDiagnostics(cancellationToken)
            .Where(found => found.Severity == DiagnosticSeverity.Error && found.Location.SourceTree?.FilePath == CSharpCompiler.TestsFile)
            .Select(found => found.Location.GetMappedLineSpan().StartLinePosition.Line)];
        return [.. tests.Where((_, index) => !broken.Contains(index))];
    }

    private CSharpCompilation Compilation(ProgrammingProblem problem, ImmutableArray<string> tests)
    {
        // Each test says that it stands on the line of its number, so that errors are told apart.
        string methods = string.Concat(tests.Select((test, index) => $"public static void {MethodOf(index)}() {{\n#line {index + 1}\n{test}\n#line default\n}}\n"));
        return compiler.Compile(
            "tests",
            [
                CSharpCompiler.Parse(CSharpSignature.Of(problem).Stub(), "stub.cs"),
                CSharpCompiler.Parse($"{Usings}public static class Tests {{\n{methods}}}\n", CSharpCompiler.TestsFile),
            ],
            reference: harness.Image);
    }
}
