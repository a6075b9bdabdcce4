using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Reflexion;

/// <summary>Tells whether a text quotes a reference answer, and takes such quotations out.</summary>
internal static partial class ReferenceLeak
{
    internal const string Withheld = "The feedback quoted the reference answer and is withheld.";

    // Of a long reference, a run of as many words as this is a quotation.
    private const int QuotationWords = 8;

    private static readonly HashSet<string> Trivial = [" yes ", " no ", " true ", " false "];

    /// <summary>Whether quoting a reference tells something that what is known does not: not yes or no, not one letter or digit, not what the task says itself.</summary>
    internal static bool IsTelling(string reference, string known)
    {
        string words = WordSequence.Of(reference, punctuationParts: false);
        return words.Length > 3 && !Trivial.Contains(words) && !WordSequence.Contains(known, reference);
    }

    /// <summary>The references that no part of the agent may be told while it works on a task.</summary>
    internal static ImmutableArray<string> Telling(ImmutableArray<string> references, AgentTask task)
    {
        if (references.IsDefaultOrEmpty)
        {
            return [];
        }

        string known = $"{task.Instruction}\n{task.Context}";
        return [.. references.Where(reference => IsTelling(reference, known))];
    }

    /// <summary>Whether a text quotes one of the references, whatever its case, spacing, punctuation and articles.</summary>
    internal static bool IsIn(string text, ImmutableArray<string> references) =>
        !references.IsDefaultOrEmpty && references.Any(reference => Quotes(text, reference));

    /// <summary>A verdict without the sentences and the evidence that quote a reference; the verdict itself where nothing does.</summary>
    internal static TrajectoryEvaluation Withhold(TrajectoryEvaluation verdict, ImmutableArray<string> references)
    {
        if (references.IsDefaultOrEmpty || (!IsIn(verdict.Feedback, references) && !verdict.Evidence.Any(quotation => IsIn(quotation, references))))
        {
            return verdict;
        }

        return new(verdict.Score, verdict.Success, Withhold(verdict.Feedback, references))
        {
            Evidence = [.. verdict.Evidence.Where(quotation => !IsIn(quotation, references))],
        };
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

    private static bool Quotes(string text, string reference)
    {
        string[] wanted = WordSequence.WordsOf(reference);
        return wanted.Length <= QuotationWords ? WordSequence.Contains(text, reference) : Runs(wanted).Any(run => WordSequence.Contains(text, run));
    }

    private static IEnumerable<string> Runs(string[] words) =>
        Enumerable.Range(0, words.Length - QuotationWords + 1).Select(start => string.Join(' ', words, start, QuotationWords));

    [GeneratedRegex(@"(?<=[.!?])\s+|\n+")]
    private static partial Regex Sentences();
}
