using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Reflexion;

/// <summary>
/// Rejects a lesson that gives orders to the model instead of advice: that overrides instructions, speaks in another role, carries a
/// chat template's control tokens, or hides text.
/// </summary>
/// <remarks>
/// It knows the usual forms, in English, and is one line of defence: lessons are untrusted text, fenced and kept out of the system
/// role, whether it accepts them or not. Invisible characters are removed, and full-width letters folded, before it looks. Thread-safe.
/// </remarks>
public sealed partial class PromptInjectionGuard : ILessonGuard
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly (Regex Pattern, string Meaning)[] Patterns =
    [
        (ControlToken(), "a control token of a chat template"),
        (Role(), "a line in the name of another role"),
        (Override(), "an order to override instructions"),
        (Persona(), "an order to take another persona"),
        (Disclosure(), "an order to disclose the prompt"),
    ];

    /// <inheritdoc/>
    public ValueTask<string?> InspectAsync(LessonGuardContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        string text = GuardedText.Of(context.Lesson);
        string? found = HasHiddenText(text) ? "hidden text" : GuardedText.FirstMatch(Visible(text), Patterns);
        return new(found is null ? null : $"The lesson contains {found}.");
    }

    // Tag characters spell ASCII invisibly, and bidirectional overrides show a text other than the one that is read.
    private static bool HasHiddenText(string text) =>
        text.EnumerateRunes().Any(rune => rune.Value is (>= 0xE0000 and <= 0xE007F) or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069));

    private static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
            {
                visible.Append(rune.Value is >= 0xFF01 and <= 0xFF5E ? ((char)(rune.Value - 0xFEE0)).ToString() : rune.ToString());
            }
        }

        return visible.ToString();
    }

    [GeneratedRegex(@"<\|[\w /-]{1,40}\|>|\[/?INST\]|<</?SYS>>|</?(start|end)_of_(turn|text)>|<\|?(begin|end)▁of▁sentence\|?>", Options, GuardedText.PatternTimeout)]
    private static partial Regex ControlToken();

    [GeneratedRegex(
        """^[\s>*#_-]*(system|assistant|developer|user|human)( (message|prompt|note|instructions?))?[\s*_]*:|^\s*#{2,}\s*(system|assistant|developer|user|instructions?|response)\b[ \t]*:?[ \t]*\r?$|</?(system|assistant|developer|instructions)(-\w+)?>|["']role["']\s*:\s*["'](system|assistant|developer|user)["']""",
        Options | RegexOptions.Multiline,
        GuardedText.PatternTimeout)]
    private static partial Regex Role();

    [GeneratedRegex(
        @"\b(ignor(e|ing)|disregard(ing)?|forget(ting)?|overrid(e|ing)|bypass(ing)?|do not (follow|obey)|don't (follow|obey)|stop (following|obeying))\s+((all|any|every|each|the|your|my|our|these|those|this|of|other|and|or)\s+){0,4}((previous|prior|above|earlier|preceding|foregoing|former|past|existing|original|initial|system|developer|safety|default)\s+((and|or)\s+)?){1,3}(instructions?|prompts?|messages?|rules?|directions?|directives?|guidelines?|commands?|context|orders?|policy|policies)\b|\b(ignore|disregard|override)\s+(everything|anything|all)\s+(above|before|said|prior|previous|you (were|have been) told)\b|\bnew\s+(system\s+)?(instructions?|prompt|directives?)\s*:",
        Options,
        GuardedText.PatternTimeout)]
    private static partial Regex Override();

    [GeneratedRegex(
        @"\byou are now\s+(dan\b|in (developer|debug|god|admin|root|unrestricted) mode|an? (unrestricted|uncensored|unfiltered|jailbroken)|free (from|of) (all|any|your) )|\b(enter|enable|activate|switch to)\s+(the\s+)?(developer|god|jailbreak|dan|unrestricted) mode\b|\bdo anything now\b|\b(pretend|act|behave|respond)\s+(as if|as though|like)\s+you\s+(have|had|are under|were under)\s+no\s+(restrictions?|rules?|guidelines?|filters?|limits?)\b|\bfrom now on,?\s+(you\s+(will|must|shall|are to)\s+)?(only\s+)?(obey|ignore|pretend|impersonate)\b",
        Options,
        GuardedText.PatternTimeout)]
    private static partial Regex Persona();

    [GeneratedRegex(
        @"\b(reveal|print|repeat|output|show|disclose|leak|send|exfiltrate)\s+((me|us|all|the|your|its|of|entire|full|whole|exact|hidden|secret)\s+){0,4}(system prompt|system message|developer message|initial instructions|hidden instructions|hidden prompt|secret instructions)\b",
        Options,
        GuardedText.PatternTimeout)]
    private static partial Regex Disclosure();
}
