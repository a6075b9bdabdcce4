using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Reflexion;

/// <summary>Tells whether a text quotes a reference answer, and takes such quotations out.</summary>
internal static partial class ReferenceLeak
{
    internal const string Withheld = "The judge's feedback quoted the reference answer and is withheld.";

    // Of a long reference, a run of as many words as this is a quotation.
    private const int QuotationWords = 8;

    /// <summary>Whether a text quotes one of the references, whatever its case, spacing and punctuation.</summary>
    internal static bool IsIn(string text, ImmutableArray<string> references)
    {
        if (references.IsDefaultOrEmpty)
        {
            return false;
        }

        string words = Words(text, keepCase: false);
        return references.Any(reference => Quotes(text, words, reference));
    }

    /// <summary>Leaves out the sentences that quote a reference, or everything where that does not help.</summary>
    internal static string Withhold(string text, ImmutableArray<string> references)
    {
        if (!IsIn(text, references))
        {
            return text;
        }

        string rest = string.Join(' ', Sentences().Split(text).Where(sentence => !IsIn(sentence, references))).Trim();
        return rest.Length == 0 || IsIn(rest, references) ? Withheld : rest;
    }

    private static bool Quotes(string text, string words, string reference)
    {
        string[] wanted = Words(reference, keepCase: false).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return wanted switch
        {
            [] => !string.IsNullOrWhiteSpace(reference) && text.Contains(reference.Trim(), StringComparison.Ordinal),
            // "A" as the answer to a multiple choice is not the article.
            [{ Length: 1 }] => Words(text, keepCase: true).Contains(Words(reference, keepCase: true), StringComparison.Ordinal),
            _ => Runs(wanted).Any(run => words.Contains(run, StringComparison.Ordinal)),
        };
    }

    private static IEnumerable<string> Runs(string[] words)
    {
        int length = Math.Min(words.Length, QuotationWords);
        return Enumerable.Range(0, words.Length - length + 1).Select(start => $" {string.Join(' ', words, start, length)} ");
    }

    /// <summary>Letters and digits, each word between single spaces.</summary>
    private static string Words(string text, bool keepCase)
    {
        var words = new StringBuilder(" ", text.Length + 2);
        foreach (char c in text)
        {
            bool inWord = char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.IsSymbol(c) && !char.IsAscii(c);
            if (inWord)
            {
                words.Append(keepCase ? c : char.ToLowerInvariant(c));
            }
            else if (words[^1] != ' ')
            {
                words.Append(' ');
            }
        }

        return (words[^1] == ' ' ? words : words.Append(' ')).ToString();
    }

    [GeneratedRegex(@"(?<=[.!?])\s+|\n+")]
    private static partial Regex Sentences();
}
