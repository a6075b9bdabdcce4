using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Reflexion.Environments;

/// <summary>Takes a Python program out of a model's reply.</summary>
internal static partial class PythonReply
{
    internal static string? ReadProgram(ProgrammingProblem problem, string reply)
    {
        ImmutableArray<string> blocks = ReplyText.CodeOf(reply);
        string code = blocks.LastOrDefault(block => Defines(block, problem.EntryPoint)) ?? blocks[0];
        if (!ReplyText.HasFences(reply) && Defines(code, problem.EntryPoint))
        {
            code = WithoutProse(code);
        }

        return string.IsNullOrWhiteSpace(code) ? null : Complete(problem, code);
    }

    /// <summary>A whole function gets what the problem's text defines before it; a body gets the text itself.</summary>
    internal static string Complete(ProgrammingProblem problem, string code) =>
        Defines(code, problem.EntryPoint) ? Before(problem, code) + code.Trim('\n') + "\n" : $"{problem.Prompt.TrimEnd()}\n{Indented(code)}\n";

    internal static bool Defines(string code, string entryPoint) =>
        Regex.IsMatch(code, $@"^[ \t]*(async[ \t]+)?def[ \t]+{Regex.Escape(entryPoint)}[ \t]*\(|^{Regex.Escape(entryPoint)}[ \t]*=", RegexOptions.Multiline);

    /// <summary>Imports and helpers that stand before the function in the problem's text.</summary>
    private static string Before(ProgrammingProblem problem, string code)
    {
        Match definition = Regex.Match(problem.Prompt, $@"^(async[ \t]+)?def[ \t]+{Regex.Escape(problem.EntryPoint)}[ \t]*\(", RegexOptions.Multiline);
        string before = definition.Success ? problem.Prompt[..definition.Index].Trim('\n') : "";
        return before.Length == 0 || code.Contains(before, StringComparison.Ordinal) ? "" : before + "\n\n";
    }

    /// <summary>A body, moved in by four blanks where the reply wrote it at the margin.</summary>
    private static string Indented(string body)
    {
        string[] lines = body.Trim('\n').Split('\n');
        bool atMargin = lines.Any(line => line.Length > 0 && !char.IsWhiteSpace(line[0]));
        // The first line alone loses its indent where a reply was trimmed.
        bool onlyFirst = atMargin && lines.Length > 1 && lines.Skip(1).All(line => line.Length == 0 || char.IsWhiteSpace(line[0])) && !lines[0].TrimEnd().EndsWith(':');
        return string.Join('\n', lines.Select((line, at) => atMargin && line.Length > 0 && (!onlyFirst || at == 0) ? "    " + line : line));
    }

    /// <summary>The reply without the sentences before its code, and without the paragraphs after it.</summary>
    private static string WithoutProse(string reply)
    {
        string[] lines = reply.Split('\n');
        int first = Math.Max(0, Array.FindIndex(lines, line => CodeStart().IsMatch(line)));
        int end = lines.Length;
        while (EndOfParagraphBefore(lines, end) is var next && next > first)
        {
            end = next;
        }

        return string.Join('\n', lines[first..end]).TrimEnd();
    }

    /// <summary>Where the lines end without their last paragraph, if that is prose; 0 if it is not.</summary>
    private static int EndOfParagraphBefore(string[] lines, int end)
    {
        int start = end;
        while (start > 0 && (lines[start - 1].Trim().Length > 0 || lines[start..end].All(string.IsNullOrWhiteSpace)))
        {
            start--;
        }

        return lines[start..end].All(line => string.IsNullOrWhiteSpace(line) || (!char.IsWhiteSpace(line[0]) && !TopLevel().IsMatch(line))) ? start : 0;
    }

    [GeneratedRegex(@"^[ \t]*(async[ \t]+def|def|class|import|from|@\w)\b")]
    private static partial Regex CodeStart();

    [GeneratedRegex(@"^(async|def|class|import|from|if|elif|else|for|while|try|except|finally|with|assert|del|raise|pass)\b(?!.*[.!]$)|^[@#)\]}""']|^[A-Za-z_][\w.]*[ \t]*([-+*/|&^%]?=|\(|\[|:[ \t]*\w+[ \t]*=)")]
    private static partial Regex TopLevel();
}
