using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Reflexion.Environments;

/// <summary>Writes the compiler's errors for a program's author.</summary>
internal static class CSharpErrors
{
    private const int MostErrors = 10;

    internal static string Describe(ImmutableArray<Diagnostic> errors)
    {
        IEnumerable<string> lines = errors.OrderBy(error => error.Location.SourceSpan.Start).Take(MostErrors).Select(Describe);
        string more = errors.Length > MostErrors ? $"\n... and {errors.Length - MostErrors} more" : "";
        return $"The program does not compile:\n{string.Join('\n', lines)}{more}";
    }

    private static string Describe(Diagnostic error)
    {
        LinePosition at = error.Location.GetLineSpan().StartLinePosition;
        return string.Create(CultureInfo.InvariantCulture, $"line {at.Line + 1}, column {at.Character + 1}: {error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}");
    }
}
