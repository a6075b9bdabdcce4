using Microsoft.Extensions.AI;
using Reflexion.Testing;

namespace DependencyInjection;

/// <summary>What a model might say: written by hand, so that the sample runs without a key. No model is behind it.</summary>
internal static class SupportScript
{
    internal static IChatClient Create() => new ScriptedChatClient()
        .When(request => request.System.Contains("root cause", StringComparison.OrdinalIgnoreCase) || request.Text.Contains("root_cause", StringComparison.Ordinal),
            """{"root_cause": "I apologised and did not answer the question that was asked.", "plan": "Find the request in the message and answer it first.", "lesson": "Answer the customer's actual request first (do they get their money back?), then apologise."}""")
        .When(request => request.Text.Contains("actual request first", StringComparison.Ordinal), "You will get a full refund for order 8812 within five days. We are sorry that the kettle arrived broken.")
        .Otherwise(_ => "We are so sorry to hear that your kettle arrived broken!");
}
