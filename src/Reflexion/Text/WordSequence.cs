using System.Text;

namespace Reflexion;

/// <summary>A text as lower-case words without punctuation, diacritics and English articles, as SQuAD's evaluation normalises answers.</summary>
internal static class WordSequence
{
    // U+00C0 to U+017F without their diacritics. String.Normalize does nothing where globalization is invariant.
    private const string Latin = "AAAAAAÆCEEEEIIIIÐNOOOOO×OUUUUYÞßaaaaaaæceeeeiiiiðnooooo÷ouuuuyþyAaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhĦħIiIiIiIiIiIiJjKkĸLlLlLlLlLlNnNnNnŉŊŋOoOoOoŒœRrRrRrSsSsSsSsTtTtŦŧUuUuUuUuUuUuWwYyYZzZzZzs";

    private static readonly HashSet<string> Articles = ["a", "an", "the"];

    /// <summary>The words, each with a space before and after it, so that a contained sequence of whole words is a substring.</summary>
    /// <param name="text">The text.</param>
    /// <param name="punctuationParts">
    /// Whether punctuation parts words (<c>twenty-one</c> is two) or falls away as in SQuAD (<c>U.S.</c> is <c>us</c>).
    /// </param>
    public static string Of(string text, bool punctuationParts) => $" {string.Join(' ', WordsOf(text, punctuationParts))} ";

    /// <summary>The words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="punctuationParts">As for <see cref="Of"/>.</param>
    public static string[] WordsOf(string text, bool punctuationParts = true)
    {
        var letters = new StringBuilder(text.Length + 2);
        foreach (char c in text)
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.IsSymbol(c))
            {
                letters.Append(char.ToLowerInvariant(c is >= '\u00C0' and <= '\u017F' ? Latin[c - '\u00C0'] : c));
            }
            else if (char.IsWhiteSpace(c) || (punctuationParts && char.IsPunctuation(c)))
            {
                letters.Append(' ');
            }
        }

        return [.. letters.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !Articles.Contains(word))];
    }

    /// <summary>Whether the words of one text stand in another one, in order and together, however either is punctuated.</summary>
    public static bool Contains(string text, string words) => Contains(text, words, true) || Contains(text, words, false);

    private static bool Contains(string text, string words, bool punctuationParts) =>
        Of(words, punctuationParts) is { Length: > 2 } sought && Of(text, punctuationParts).Contains(sought, StringComparison.Ordinal);
}
