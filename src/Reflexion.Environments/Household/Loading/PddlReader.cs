using System.Buffers;

namespace Reflexion.Environments;

/// <summary>Reads PDDL as nested lists. Letters' case does not matter; parentheses that are missing at the end, or too many, do no harm.</summary>
internal static class PddlReader
{
    /// <summary>Real files are nested some ten deep; what follows nodes down may rely on this limit.</summary>
    private const int MaxDepth = 200;

    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t\r\n\f\v();");

    /// <summary>Reads a text.</summary>
    /// <returns>A list of all that stands at the top.</returns>
    /// <exception cref="DatasetFormatException">Lists are nested too deeply.</exception>
    internal static PddlNode Read(string text, string source)
    {
        var words = new Dictionary<string, PddlNode>(StringComparer.OrdinalIgnoreCase);
        var known = words.GetAlternateLookup<ReadOnlySpan<char>>();
        var open = new Stack<List<PddlNode>>();
        var top = new List<PddlNode>();
        List<PddlNode> current = top;
        int at = 0;
        while (at < text.Length)
        {
            char sign = text[at];
            if (sign == '(')
            {
                RequireDepth(open.Count, source);
                var inner = new List<PddlNode>();
                current.Add(new(null, inner));
                open.Push(current);
                current = inner;
                at++;
            }
            else if (sign == ')')
            {
                current = open.TryPop(out List<PddlNode>? outer) ? outer : top;
                at++;
            }
            else if (sign == ';')
            {
                at = EndOfLine(text, at);
            }
            else if (char.IsWhiteSpace(sign))
            {
                at++;
            }
            else
            {
                ReadOnlySpan<char> word = WordAt(text, at);
                current.Add(known.TryGetValue(word, out PddlNode node) ? node : known[word] = Word(word));
                at += word.Length;
            }
        }

        return new(null, top);
    }

    private static PddlNode Word(ReadOnlySpan<char> word) => new(word.ToString().ToLowerInvariant(), []);

    private static ReadOnlySpan<char> WordAt(string text, int at)
    {
        int length = text.AsSpan(at).IndexOfAny(WordEnds);
        return text.AsSpan(at, length < 0 ? text.Length - at : length);
    }

    private static int EndOfLine(string text, int at)
    {
        int end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end;
    }

    private static void RequireDepth(int depth, string source)
    {
        if (depth >= MaxDepth)
        {
            throw new DatasetFormatException(source, 0, $"lists are nested more than {MaxDepth} deep; this is no game's PDDL.");
        }
    }
}
