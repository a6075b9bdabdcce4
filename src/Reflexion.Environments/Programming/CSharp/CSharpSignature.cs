using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Reflexion.Environments;

/// <summary>The method that a problem asks for, as its prompt declares it.</summary>
/// <param name="Header">The declaration without a body.</param>
/// <param name="Method">The declaration, parsed.</param>
internal sealed record CSharpSignature(string Header, MethodDeclarationSyntax Method)
{
    internal const string ClassName = "Solution";

    internal static CSharpSignature Of(ProgrammingProblem problem)
    {
        string header = problem.Prompt.TrimEnd().TrimEnd(';', '{').TrimEnd();
        var root = CSharpCompiler.Parse($"class {ClassName}\n{{\n{header} => throw null;\n}}", "prompt.cs").GetCompilationUnitRoot();
        MethodDeclarationSyntax? method = root.DescendantNodes().OfType<MethodDeclarationSyntax>().FirstOrDefault(found => found.Identifier.Text == problem.EntryPoint);
        if (method is null || root.ContainsDiagnostics)
        {
            throw new ArgumentException(
                $"The prompt of '{problem.Id}' does not end in the declaration of a method {problem.EntryPoint}. For C# it is documentation and a signature without a body: public static int {problem.EntryPoint}(int a).", nameof(problem));
        }

        return method.TypeParameterList is null && method.ParameterList.Parameters.All(parameter => parameter.Modifiers.Count == 0 || parameter.Modifiers[0].IsKind(SyntaxKind.ParamsKeyword))
            ? new(header, method)
            : throw new ArgumentException($"The method of '{problem.Id}' has type parameters, or parameters by reference; values cross between a test and a program by their declared types and as copies.", nameof(problem));
    }

    /// <summary>A class that stands for the solution in the tests' process: it sends each call away.</summary>
    internal string Stub()
    {
        string name = Method.Identifier.Text;
        string parameters = Method.ParameterList.WithoutTrivia().ToString();
        string arguments = string.Concat(Method.ParameterList.Parameters.Select(parameter => ", (object)" + parameter.Identifier.Text));
        string returned = Method.ReturnType.WithoutTrivia().ToString();
        string call = returned == "void" ? $"Run(\"{name}\"{arguments})" : $"Call<{returned}>(\"{name}\"{arguments})";
        return $"public static class {ClassName} {{ public static {returned} {name}{parameters} => Reflexion.Harness.Remote.{call}; }}";
    }

    /// <summary>A program of a body alone.</summary>
    internal string WithBody(string body) => $"public static class {ClassName}\n{{\n{Header}\n{{\n{body}\n}}\n}}\n";
}
