using System.Text.RegularExpressions;

namespace Reflexion;

/// <summary>What of a lesson can reach a prompt, and patterns tried on it.</summary>
internal static class GuardedText
{
    /// <summary>How long one pattern may take, in milliseconds: far more than any needs, so that no text can stall an episode.</summary>
    public const int PatternTimeout = 2_000;

    /// <summary>The lesson's text, root cause and plan, a line each.</summary>
    public static string Of(Lesson lesson) => $"{lesson.Text}\n{lesson.RootCause}\n{lesson.Plan}";

    /// <summary>What the first matching pattern stands for, or null. A pattern that takes too long counts as matching.</summary>
    public static string? FirstMatch(string text, IEnumerable<(Regex Pattern, string Meaning)> patterns)
    {
        foreach ((Regex pattern, string meaning) in patterns)
        {
            try
            {
                if (pattern.IsMatch(text))
                {
                    return meaning;
                }
            }
            catch (RegexMatchTimeoutException)
            {
                return "text that takes too long to inspect";
            }
        }

        return null;
    }
}
