using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Reflexion.Environments;

/// <summary>Takes a C# program out of a model's reply.</summary>
internal static class CSharpReply
{
    internal static string? ReadProgram(ProgrammingProblem problem, string reply)
    {
        ImmutableArray<string> blocks = ReplyText.CodeOf(reply);
        string code = blocks.LastOrDefault(block => Declares(Root(block), problem.EntryPoint)) ?? blocks[0];
        if (!ReplyText.HasFences(reply))
        {
            code = WithoutProse(code);
        }

        return string.IsNullOrWhiteSpace(code) || !code.Contains(';') ? null : Complete(problem, code.Trim('\n'));
    }

    /// <summary>A class stays as it is; a method gets a class around it, and a body the method.</summary>
    private static string Complete(ProgrammingProblem problem, string code)
    {
        CompilationUnitSyntax root = Root(code);
        if (!Declares(root, problem.EntryPoint))
        {
            return CSharpSignature.Of(problem).WithBody(code);
        }

        if (Declarations(root, problem.EntryPoint).All(method => method.Ancestors().OfType<TypeDeclarationSyntax>().Any()))
        {
            return code + "\n";
        }

        int rest = root.Usings.Count == 0 ? 0 : root.Usings.FullSpan.End;
        return $"{code[..rest]}public static class {CSharpSignature.ClassName}\n{{\n{code[rest..].Trim('\n')}\n}}\n";
    }

    private static bool Declares(CompilationUnitSyntax root, string name) => Declarations(root, name).Any();

    private static IEnumerable<SyntaxNode> Declarations(CompilationUnitSyntax root, string name) => root.DescendantNodes().Where(node => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text == name,
        LocalFunctionStatementSyntax function => function.Identifier.Text == name,
        _ => false,
    });

    private static CompilationUnitSyntax Root(string code) => CSharpCompiler.Parse(code, CSharpCompiler.SolutionFile).GetCompilationUnitRoot();

    /// <summary>Of a reply without fences, the lines from the first that is code to the last closing brace.</summary>
    private static string WithoutProse(string reply)
    {
        if (!Root(reply).ContainsDiagnostics)
        {
            return reply;
        }

        string[] lines = reply.Split('\n');
        int first = Array.FindIndex(lines, line => line.TrimStart() is { Length: > 0 } text && (text[^1] is ';' or '{' or '}' || text.StartsWith("///", StringComparison.Ordinal) || text.StartsWith("public ", StringComparison.Ordinal) || text.StartsWith("using ", StringComparison.Ordinal)));
        int last = Array.FindLastIndex(lines, line => line.TrimEnd() is { Length: > 0 } text && text[^1] is ';' or '}');
        return first < 0 || last < first ? "" : string.Join('\n', lines[first..(last + 1)]);
    }
}
