using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace CustomEvaluator;

/// <summary>What a model might say: written by hand, so that the sample runs without a key. No model is behind it.</summary>
internal static class RegexScript
{
    internal static IChatClient Create() => new ScriptedChatClient(
        @"\d{4}-\d{2}-\d{2}",
        """{"root_cause": "I matched digits by count and forgot the ranges of month and day.", "plan": "Spell out the ranges as alternatives.", "lesson": "Digit counts are not ranges: write months as 0[1-9]|1[0-2] and days as 0[1-9]|[12]\\d|3[01]."}""",
        @"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
        """{"root_cause": "The expression finds a date anywhere in a longer string.", "plan": "Anchor it at both ends.", "lesson": "Anchor an expression with ^ and $ when the whole string has to match."}""",
        @"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$");
}
