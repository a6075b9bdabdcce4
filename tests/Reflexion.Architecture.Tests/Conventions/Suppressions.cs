using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Reflexion.Tests;

/// <summary>Finds warnings that were switched off without saying why.</summary>
internal static class Suppressions
{
    private static readonly string[] Switches = ["<NoWarn", "<WarningsNotAsErrors", "<TreatWarningsAsErrors>false"];

    /// <summary>The lines (from 1) of a C# file that do so.</summary>
    public static IEnumerable<int> UnjustifiedInSource(string[] lines)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(string.Join('\n', lines)).GetRoot();
        IEnumerable<SyntaxNode> pragmas = root.DescendantNodes(descendIntoTrivia: true).OfType<PragmaWarningDirectiveTriviaSyntax>()
            .Where(pragma => pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword) && !IsExplained(lines, LineOf(pragma), "//"));
        IEnumerable<SyntaxNode> attributes = root.DescendantNodes().OfType<AttributeSyntax>()
            .Where(attribute => attribute.Name.ToString() is var name && name.Contains("SuppressMessage", StringComparison.Ordinal) && !HasJustification(attribute));
        return pragmas.Concat(attributes).Select(node => LineOf(node) + 1);
    }

    /// <summary>The lines (from 1) of a project file that do so.</summary>
    public static IEnumerable<int> UnjustifiedInProject(string[] lines) =>
        Enumerable.Range(0, lines.Length)
            .Where(line => Switches.Any(name => lines[line].Contains(name, StringComparison.Ordinal)) && !IsExplained(lines, line, "<!--", "-->"))
            .Select(line => line + 1);

    private static bool IsExplained(string[] lines, int line, string comment, string? end = null) =>
        lines[line].Contains(comment, StringComparison.Ordinal)
        || (line > 0 && lines[line - 1].Trim() is var above
            && (above.StartsWith(comment, StringComparison.Ordinal) || (end is not null && above.EndsWith(end, StringComparison.Ordinal))));

    private static bool HasJustification(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments.Any(argument =>
            argument.NameEquals?.Name.Identifier.Text == "Justification"
            && argument.Expression is LiteralExpressionSyntax { Token.ValueText: var text } && !string.IsNullOrWhiteSpace(text)) == true;

    private static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line;
}
