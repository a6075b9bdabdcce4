using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace QuickStart;

/// <summary>What a model might say: written by hand, so that the sample runs without a key. No model is behind it.</summary>
internal static class SloganScript
{
    internal static IChatClient Create() => new ScriptedChatClient(
        "Fresh coffee, brewed slowly, every morning",
        """
        {"root_cause": "I wrote the natural words for the product without checking their letters: coffee, fresh, brewed and every all contain e.",
         "plan": "List candidate words, strike out each one with an e, and only then write.",
         "lesson": "Common coffee words (fresh, coffee, brewed, every) contain e. Choose from words without it first: mocha, bold, cup, sip, dawn, warm, joy."}
        """,
        "A bold cup for warm mornings and joy",
        """
        {"root_cause": "I chose the right words but never counted them.",
         "plan": "Write the line, number its words one to six, and cut what is left over.",
         "lesson": "After choosing words without e, count them: number the words and stop at six."}
        """,
        "Bold sips that warm your morning");
}
