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
        Defines(code, problem.EntryPoint) ? Before(problem) + code.Trim('\n') + "\n" : $"{problem.Prompt.TrimEnd()}\n{Indented(code)}\n";

    internal static bool Defines(string code, string entryPoint) =>
        Regex.IsMatch(code, $@"^[ \t]*(async[ \t]+)?def[ \t]+{Regex.Escape(entryPoint)}[ \t]*\(|^{Regex.Escape(entryPoint)}[ \t]*=", RegexOptions.Multiline);

    /// <summary>Imports and helpers that stand before the function in the problem's text.</summary>
    private static string Before(ProgrammingProblem problem)
    {
        Match definition = Regex.Match(problem.Prompt, $@"^(async[ \t]+)?def[ \t]+{Regex.Escape(problem.EntryPoint)}[ \t]*\(", RegexOptions.Multiline);
        string before = definition.Success ? problem.Prompt[..definition.Index].Trim('\n') : "";
        return before.Length == 0 ? "" : before + "\n\n";
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

    /// <summary>The lines from the first that is code to the last.</summary>
    private static string WithoutProse(string reply)
    {
        string[] lines = reply.Split('\n');
        int first = Array.FindIndex(lines, line => CodeStart().IsMatch(line));
        int end = Array.FindIndex(lines, first, line => line.Length > 0 && !char.IsWhiteSpace(line[0]) && !TopLevel().IsMatch(line));
        return string.Join('\n', lines[first..(end < 0 ? lines.Length : end)]).TrimEnd();
    }

    [GeneratedRegex(@"^[ \t]*(async[ \t]+def|def|class|import|from|@\w)\b")]
    private static partial Regex CodeStart();

    [GeneratedRegex(@"^(async|def|class|import|from|if|elif|else|for|while|try|except|finally|with|assert|del|raise|pass)\b(?!.*[.!]$)|^[@#)\]}""']|^[A-Za-z_][\w.]*[ \t]*([-+*/|&^%]?=|\(|\[|:[ \t]*\w+[ \t]*=)")]
    private static partial Regex TopLevel();
}
